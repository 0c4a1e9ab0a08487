package dev.skein.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a server seem far away, and counts how often a client waits for it: a proxy that
 * delays what it passes on, half of the round trip in each direction, and a new
 * connection by one round trip.
 */
final class DistantServer implements AutoCloseable {

	private final ServerSocket door;

	private final Address server;

	private final Duration roundTrip;

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger roundTrips = new AtomicInteger();

	/**
	 * Opens the proxy.
	 * @param server the server
	 * @param roundTrip how much longer a round trip takes; may be nothing
	 */
	DistantServer(Address server, Duration roundTrip) {
		this.server = server;
		this.roundTrip = roundTrip;
		try {
			this.door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new BenchmarkException("could not open a port", ex);
		}
		start(this::admit);
	}

	int port() {
		return this.door.getLocalPort();
	}

	int connections() {
		return this.connections.get();
	}

	/**
	 * How often a client sent something after it had an answer, the first of each
	 * connection included, but not its farewell.
	 */
	int roundTrips() {
		return this.roundTrips.get();
	}

	@Override
	public void close() {
		try {
			this.door.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void admit() throws IOException {
		while (!this.door.isClosed()) {
			Socket client = this.door.accept();
			this.connections.incrementAndGet();
			start(() -> connect(client));
		}
	}

	private void connect(Socket client) throws IOException, InterruptedException {
		try (client; Socket server = new Socket(this.server.host(), this.server.port())) {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			DelayLine.waitUntil(System.nanoTime() + this.roundTrip.toNanos());
			AtomicBoolean answered = new AtomicBoolean(true);
			DelayLine there = new DelayLine(this.roundTrip.toNanos() / 2);
			DelayLine back = new DelayLine(this.roundTrip.toNanos() / 2);
			start(() -> there.read(client.getInputStream(), (bytes) -> {
				if (!isFarewell(bytes) && answered.getAndSet(false)) {
					this.roundTrips.incrementAndGet();
				}
			}));
			start(() -> back.read(server.getInputStream(), (bytes) -> {
			}));
			start(() -> {
				there.write(server.getOutputStream(), (bytes) -> {
				});
				server.shutdownOutput();
			});
			back.write(client.getOutputStream(), (bytes) -> answered.set(true));
		}
	}

	/**
	 * PostgreSQL's message "Terminate", which has no answer.
	 */
	private static boolean isFarewell(byte[] bytes) {
		return bytes.length == 5 && bytes[0] == 'X';
	}

	private interface Work {

		void run() throws IOException, InterruptedException;

	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException | InterruptedException ex) {
				// A connection that ends, at either end, ends here too
			}
		}, "distance");
		thread.setDaemon(true);
		thread.start();
	}

}
