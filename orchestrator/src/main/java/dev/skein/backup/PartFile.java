package dev.skein.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import dev.skein.migration.CannotStartException;

/**
 * A backup while it is written: it gets its name when it is whole. Closing one that has
 * not got it removes it. Nobody but its owner may read it.
 */
final class PartFile implements AutoCloseable {

	private final Path file;

	private final Path part;

	private final FileChannel channel;

	private PartFile(Path file, Path part, FileChannel channel) {
		this.file = file;
		this.part = part;
		this.channel = channel;
	}

	/**
	 * Begins a backup. One that was killed may have left its part behind; one that still
	 * writes it holds a lock.
	 * @throws CannotStartException if the file cannot be written
	 */
	static PartFile of(Path file) {
		Path part = file.resolveSibling(file.getFileName() + ".part");
		try {
			FileAttribute<?>[] attributes = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
					? new FileAttribute<?>[] {
							PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
					: new FileAttribute<?>[0];
			FileChannel channel = FileChannel.open(part, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
					attributes);
			FileLock alone = channel.tryLock();
			if (alone == null) {
				channel.close();
				throw new CannotStartException("another backup is being written to \"" + part + "\"",
						"wait for its end, or give another file", null);
			}
			return new PartFile(file, part, channel);
		}
		catch (IOException ex) {
			throw new CannotStartException("\"" + part + "\" cannot be written: " + ex,
					"check that its folder exists and can be written to", ex);
		}
	}

	Path path() {
		return this.part;
	}

	/**
	 * Gives the backup its name.
	 * @param force whether to replace a file of that name
	 */
	void finish(boolean force) {
		try {
			if (force) {
				Files.move(this.part, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			}
			else {
				Files.move(this.part, this.file);
			}
		}
		catch (FileAlreadyExistsException ex) {
			throw new CannotStartException("\"" + this.file + "\" was written by somebody else meanwhile",
					"give another file, or replace it with --force", ex);
		}
		catch (IOException ex) {
			throw new CannotStartException("\"" + this.part + "\" cannot be renamed: " + ex, null, ex);
		}
	}

	@Override
	public void close() {
		try (this.channel) {
			Files.deleteIfExists(this.part);
		}
		catch (IOException ex) {
			System.getLogger("skein").log(System.Logger.Level.WARNING, this.part + " cannot be removed", ex);
		}
	}

}
