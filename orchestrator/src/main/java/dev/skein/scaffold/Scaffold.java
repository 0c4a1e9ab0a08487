package dev.skein.scaffold;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import dev.skein.catalog.Location;

/**
 * Files to create and to change, drawn but not written yet.
 */
public final class Scaffold {

	private final List<Change> changes;

	Scaffold(List<? extends Change> changes) {
		this.changes = List.copyOf(changes);
	}

	/**
	 * The files that it creates.
	 * @return their paths
	 */
	public List<Path> created() {
		return this.changes.stream().flatMap((change) -> change.created().stream()).toList();
	}

	/**
	 * The files that it changes.
	 * @return their paths
	 */
	public List<Path> changed() {
		return this.changes.stream().flatMap((change) -> change.changed().stream()).toList();
	}

	/**
	 * Writes all of it, or nothing.
	 * @throws RefusedScaffoldException if something cannot be written
	 */
	public void write() {
		Deque<Change> done = new ArrayDeque<>();
		try {
			for (Change change : this.changes) {
				change.make();
				done.push(change);
			}
		}
		catch (IOException ex) {
			RefusedScaffoldException refusal = refusal(ex);
			undo(done, refusal);
			throw refusal;
		}
	}

	private static void undo(Deque<Change> done, RefusedScaffoldException refusal) {
		for (Change change : done) {
			try {
				change.undo();
			}
			catch (IOException ex) {
				refusal.addSuppressed(ex);
			}
		}
		if (refusal.getSuppressed().length > 0) {
			throw new RefusedScaffoldException(
					refusal.getMessage() + "; and this could not be taken back: " + refusal.getSuppressed()[0],
					"compare the folder with what git status says");
		}
	}

	private static RefusedScaffoldException refusal(IOException failure) {
		String file = (failure instanceof FileSystemException system && system.getFile() != null)
				? '"' + Location.of(Path.of(system.getFile())).file() + '"' : "a file";
		if (failure instanceof FileAlreadyExistsException) {
			return new RefusedScaffoldException(file + " exists already", "nothing was written; choose another name");
		}
		String reason = (failure instanceof AccessDeniedException) ? "permission denied"
				: (failure instanceof FileSystemException system && system.getReason() != null)
						? Objects.requireNonNull(system.getReason()) : String.valueOf(failure);
		return new RefusedScaffoldException("cannot write " + file + ": " + reason,
				"nothing was written; let this user write there, or choose another folder with --services DIR");
	}

}
