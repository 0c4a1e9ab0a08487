package dev.skein.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.skein.migration.ConnectionSettings;

/**
 * Stands between a client and the server, and counts how often the client waited: a round
 * trip begins with what it sends after an answer.
 */
public final class CountingRelay implements AutoCloseable {

	private final Supplier<TestDatabase> database;

	private final ServerSocket entrance;

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger roundTrips = new AtomicInteger();

	private final AtomicInteger queries = new AtomicInteger();

	private volatile byte[] unanswered = {};

	public CountingRelay(TestDatabase database) throws IOException {
		this(() -> database);
	}

	/**
	 * A relay to a server that may be started again on another port.
	 */
	public CountingRelay(Supplier<TestDatabase> database) throws IOException {
		this.database = database;
		this.entrance = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	/**
	 * The database as it is seen through this relay.
	 */
	public TestDatabase database() {
		ConnectionSettings direct = this.database.get().settings();
		return new TestDatabase(new ConnectionSettings("127.0.0.1", this.entrance.getLocalPort(), direct.database(),
				direct.user(), direct.password(), direct.options(), false));
	}

	public int connections() {
		return this.connections.get();
	}

	public int roundTrips() {
		return this.roundTrips.get();
	}

	/**
	 * How many query messages the server has answered.
	 */
	public int queries() {
		return this.queries.get();
	}

	/**
	 * Passes the next message with this text on to the server, and hangs up on the client
	 * in the place of the answer.
	 */
	public void loseAnswerTo(String text) {
		this.unanswered = text.getBytes(StandardCharsets.UTF_8);
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.entrance.accept();
			Socket server;
			try {
				ConnectionSettings target = this.database.get().settings();
				server = new Socket(target.host(), target.port());
			}
			catch (IOException | UncheckedIOException ex) {
				client.close();
				continue;
			}
			this.connections.incrementAndGet();
			Pair pair = new Pair(client, server);
			start(() -> pair.carry(client.getInputStream(), server.getOutputStream(), true));
			start(() -> pair.carry(server.getInputStream(), client.getOutputStream(), false));
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One of the two has hung up.
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.entrance.close();
	}

	/**
	 * Both directions of one connection.
	 */
	private final class Pair {

		private final Socket client;

		private final Socket server;

		private volatile boolean hangsUp;

		/** The client speaks first. */
		private boolean answered = true;

		private final ReadyForQueryCount ready = new ReadyForQueryCount();

		Pair(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void carry(InputStream from, OutputStream to, boolean asking) throws IOException {
			byte[] buffer = new byte[8192];
			try (this.client; this.server) {
				for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
					turn(asking);
					if (!asking) {
						countQueries(buffer, count);
					}
					if (!asking && this.hangsUp) {
						return;
					}
					this.hangsUp |= asking && isUnanswered(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
					to.write(buffer, 0, count);
				}
			}
		}

		private boolean isUnanswered(String sent) {
			String text = new String(CountingRelay.this.unanswered, StandardCharsets.ISO_8859_1);
			return !text.isEmpty() && sent.contains(text);
		}

		private void countQueries(byte[] answer, int length) {
			int before = this.ready.count();
			this.ready.read(answer, length);
			CountingRelay.this.queries.addAndGet(this.ready.count() - before);
		}

		private synchronized void turn(boolean asking) {
			if (asking && this.answered) {
				CountingRelay.this.roundTrips.incrementAndGet();
			}
			this.answered = !asking;
		}

	}

	/**
	 * What a thread does until somebody hangs up.
	 */
	private interface Work {

		void run() throws IOException;

	}

}
