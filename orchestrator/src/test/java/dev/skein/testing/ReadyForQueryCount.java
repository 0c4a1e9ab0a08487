package dev.skein.testing;

import java.nio.ByteBuffer;

/**
 * Counts the ReadyForQuery messages in the bytes of a PostgreSQL server: one for each
 * query message of the client, however the network splits or joins their bytes.
 */
final class ReadyForQueryCount {

	private static final int HEADER = 5;

	private final byte[] header = new byte[HEADER];

	private int headerBytes;

	private int bodyBytes;

	private int count;

	private boolean begun;

	int count() {
		return this.count;
	}

	void read(byte[] bytes, int length) {
		for (int i = isTlsRefusal(bytes) ? 1 : 0; i < length; i++) {
			if (this.bodyBytes > 0) {
				int skipped = Math.min(this.bodyBytes, length - i);
				this.bodyBytes -= skipped;
				i += skipped - 1;
			}
			else {
				readHeader(bytes[i]);
			}
		}
	}

	/**
	 * The answer to the client's SSLRequest is one byte without a length.
	 */
	private boolean isTlsRefusal(byte[] bytes) {
		boolean refusal = !this.begun && bytes[0] == 'N';
		this.begun = true;
		return refusal;
	}

	private void readHeader(byte next) {
		this.header[this.headerBytes++] = next;
		if (this.headerBytes == HEADER) {
			this.headerBytes = 0;
			this.bodyBytes = ByteBuffer.wrap(this.header).getInt(1) - Integer.BYTES;
			if (this.header[0] == 'Z') {
				this.count++;
			}
		}
	}

}
