package dev.skein.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A program that answers as a PostgreSQL server would, without TLS, and asks each client
 * for a password.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/protocol-message-formats.html">PostgreSQL:
 * message formats</a>
 */
public final class AskingServer implements AutoCloseable {

	/** Asks for the password as it is. */
	public static final int CLEAR_TEXT = 3;

	/** Asks for a digest of the password. */
	public static final int MD5 = 5;

	private static final int SSL_REQUEST = 80877103;

	private static final int GSS_REQUEST = 80877104;

	private final ServerSocket socket;

	private final int method;

	private final List<String> told = new CopyOnWriteArrayList<>();

	public AskingServer(int method) throws IOException {
		this.socket = new ServerSocket(0);
		this.method = method;
		Thread thread = new Thread(this::serve, "asking-server");
		thread.setDaemon(true);
		thread.start();
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * What it was told when it had asked: a line for each client, empty for one that
	 * left.
	 */
	public List<String> told() {
		return this.told;
	}

	private void serve() {
		while (!this.socket.isClosed()) {
			try (Socket client = this.socket.accept()) {
				ask(new DataInputStream(client.getInputStream()), new DataOutputStream(client.getOutputStream()));
			}
			catch (IOException ex) {
				// The client left, or the test ended.
			}
		}
	}

	private void ask(DataInputStream in, DataOutputStream out) throws IOException {
		int length = in.readInt();
		int code = in.readInt();
		while (code == SSL_REQUEST || code == GSS_REQUEST) {
			out.writeByte('N');
			length = in.readInt();
			code = in.readInt();
		}
		in.skipNBytes(length - 8L);
		out.writeByte('R');
		out.writeInt((this.method == MD5) ? 12 : 8);
		out.writeInt(this.method);
		if (this.method == MD5) {
			out.writeInt(0);
		}
		out.flush();
		int type = in.read();
		if (type != 'p') {
			this.told.add("");
			return;
		}
		byte[] answer = new byte[in.readInt() - 4];
		in.readFully(answer);
		this.told.add(new String(answer, StandardCharsets.UTF_8).replace("\0", ""));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
