package dev.skein.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

	private static final int OTHERS_WRITE = 2;

	private static final int STICKY = 01000;

	private final Path file;

	private final Path part;

	private final FileChannel channel;

	private PartFile(Path file, Path part, FileChannel channel) {
		this.file = file;
		this.part = part;
		this.channel = channel;
	}

	/**
	 * Begins a backup with a new file of its own: what lies there under its name, such as
	 * a link that another user made, is not written to. One that was killed may have left
	 * its part behind, which is removed; one that still writes it holds a lock.
	 * @throws CannotStartException if the file cannot be written
	 */
	static PartFile of(Path file) {
		Path part = file.resolveSibling(file.getFileName() + ".part");
		try {
			FileAttribute<?>[] attributes = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
					? new FileAttribute<?>[] {
							PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
					: new FileAttribute<?>[0];
			requireOwnFolder(part);
			removeLeft(part);
			FileChannel channel = FileChannel.open(part,
					Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
			FileLock alone = channel.tryLock();
			if (alone == null) {
				channel.close();
				throw another(part);
			}
			return new PartFile(file, part, channel);
		}
		catch (FileAlreadyExistsException ex) {
			throw another(part);
		}
		catch (IOException ex) {
			throw new CannotStartException("\"" + part + "\" cannot be written: " + ex,
					"check that its folder exists and can be written to", ex);
		}
	}

	/**
	 * pg_dump opens the file again by its name: in a folder where any user may rename
	 * what others own, that may be another file by then.
	 */
	private static void requireOwnFolder(Path part) throws IOException {
		Path folder = part.toAbsolutePath().getParent();
		if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
			return;
		}
		int mode = (Integer) Files.getAttribute(folder, "unix:mode");
		if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
			throw new CannotStartException(
					"every user of this machine may write to the folder \"" + folder
							+ "\", and so replace a backup while it is written",
					"choose another folder, or: chmod o-w " + folder, null);
		}
	}

	private static void removeLeft(Path part) throws IOException {
		if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		if (!Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
			throw new CannotStartException("\"" + part + "\" is there, and is no ordinary file",
					"look at what it is and delete it, or give another file", null);
		}
		try (FileChannel left = FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
				FileLock alone = left.tryLock()) {
			if (alone == null) {
				throw another(part);
			}
			Files.delete(part);
		}
		catch (OverlappingFileLockException ex) {
			throw another(part);
		}
	}

	private static CannotStartException another(Path part) {
		return new CannotStartException("another backup is being written to \"" + part + "\"",
				"wait for its end, or give another file", null);
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
