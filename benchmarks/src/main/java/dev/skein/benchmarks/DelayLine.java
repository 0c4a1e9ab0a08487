package dev.skein.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One direction of a connection: what comes in goes out some time later, in the same
 * pieces, however many of them are under way.
 */
final class DelayLine {

	/** Not a record, which would compare its bytes by identity. */
	private static final class Piece {

		private final byte[] bytes;

		private final long due;

		Piece(byte[] bytes, long due) {
			this.bytes = bytes;
			this.due = due;
		}

		boolean isEnd() {
			return this.bytes.length == 0;
		}

	}

	private final BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();

	private final long nanos;

	/**
	 * A line.
	 * @param nanos the time that a piece is under way, in nanoseconds
	 */
	DelayLine(long nanos) {
		this.nanos = nanos;
	}

	/**
	 * Takes in what comes, to its end.
	 * @param from where from
	 * @param seen sees each piece as it comes
	 */
	void read(InputStream from, Consumer<byte[]> seen) {
		byte[] buffer = new byte[1 << 16];
		try {
			int length = from.read(buffer);
			while (length > 0) {
				byte[] bytes = Arrays.copyOf(buffer, length);
				seen.accept(bytes);
				this.underWay.add(new Piece(bytes, System.nanoTime() + this.nanos));
				length = from.read(buffer);
			}
		}
		catch (IOException ex) {
			// Who ends a connection rudely has ended it
		}
		this.underWay.add(new Piece(new byte[0], System.nanoTime() + this.nanos));
	}

	/**
	 * Gives out what is due, to its end.
	 * @param to where to
	 * @param seen sees each piece before it goes
	 * @throws IOException if the other side has gone
	 * @throws InterruptedException if the thread is to end
	 */
	void write(OutputStream to, Consumer<byte[]> seen) throws IOException, InterruptedException {
		Piece piece = this.underWay.take();
		while (!piece.isEnd()) {
			waitUntil(piece.due);
			seen.accept(piece.bytes);
			to.write(piece.bytes);
			piece = this.underWay.take();
		}
	}

	/**
	 * Waits more exactly than sleep does, which on JDK 17 counts in milliseconds.
	 */
	static void waitUntil(long due) {
		long left = due - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = due - System.nanoTime();
		}
	}

}
