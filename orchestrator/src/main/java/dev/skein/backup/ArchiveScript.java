package dev.skein.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.skein.migration.BackupFailedException;
import dev.skein.migration.BackupScript;

/**
 * Has {@code pg_restore} write the SQL of a backup, for somebody else to run: only so can
 * it share a transaction with what comes before and after it.
 */
public final class ArchiveScript implements BackupScript, AutoCloseable {

	private final PostgresPrograms programs;

	private final Path file;

	private final Path selection;

	private final Set<String> extensions;

	ArchiveScript(PostgresPrograms programs, Path file, Path selection, Set<String> extensions) {
		this.programs = programs;
		this.file = file;
		this.selection = selection;
		this.extensions = Set.copyOf(extensions);
	}

	@Override
	public Set<String> extensions() {
		return this.extensions;
	}

	@Override
	public String definitions() {
		return text("pre-data");
	}

	@Override
	public InputStream rows() {
		Child child = start("data");
		return new FilterInputStream(child.output()) {

			private boolean ended;

			@Override
			public int read() throws IOException {
				int one = super.read();
				this.ended = one < 0;
				return one;
			}

			@Override
			public int read(byte[] bytes, int from, int length) throws IOException {
				int number = super.read(bytes, from, length);
				this.ended = number < 0;
				return number;
			}

			@Override
			public void close() {
				// Nobody reads on, so it would wait for ever.
				if (!this.ended) {
					child.close();
				}
				else {
					finish(child);
				}
			}

		};
	}

	@Override
	public String constraints() {
		return text("post-data");
	}

	private String text(String section) {
		Child child = start(section);
		try {
			String text = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
			finish(child);
			return text;
		}
		catch (IOException ex) {
			throw new BackupFailedException("\"" + this.file + "\" cannot be read: " + ex, null, ex);
		}
	}

	private Child start(String section) {
		return this.programs.start(this.programs.restore(), null,
				List.of("--section=" + section, "--use-list=" + this.selection, "--file=-", this.file.toString()));
	}

	private void finish(Child child) {
		try (child) {
			if (!child.succeeds()) {
				throw new BackupFailedException(
						this.programs.restore() + " cannot read \"" + this.file + "\":\n  " + child.complaints(),
						"the database is as it was; take another backup", null);
			}
		}
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(this.selection);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
