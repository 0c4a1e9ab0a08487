package dev.skein.catalog;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds services in folders of any project, whatever language it is written in.
 */
record DirectorySource(List<Path> roots, boolean mayBeEmpty) implements ServiceSource {

	private static final byte[] NOTHING = {};

	private static final Set<String> BUILD_OUTPUT = Set.of("target", "node_modules");

	@Override
	public List<ServiceFolder> folders(List<Problem> problems) {
		Set<Path> seen = new HashSet<>();
		List<Path> found = new ArrayList<>();
		for (Path root : this.roots) {
			if (this.mayBeEmpty && !Files.exists(root)) {
				continue;
			}
			if (!Files.isDirectory(root)) {
				problems.add(new CatalogProblem(Location.of(root),
						Files.exists(root) ? "\"" + Location.of(root).file() + "\" is no folder"
								: "folder \"" + Location.of(root).file() + "\" does not exist",
						null));
				continue;
			}
			List<Path> manifests = manifestsBelow(root, problems);
			if (manifests.isEmpty() && !this.mayBeEmpty) {
				problems.add(new CatalogProblem(Location.of(root),
						"folder \"" + Location.of(root).file() + "\" holds no service",
						"a service is a folder with a service.yml and a folder migrations"));
			}
			for (Path manifest : manifests) {
				if (isNew(manifest, seen, problems)) {
					found.add(manifest);
				}
			}
		}
		List<Problem> unreadable = Collections.synchronizedList(new ArrayList<>());
		List<ServiceFolder> folders = CatalogReader.shared(found)
			.flatMap((manifest) -> read(manifest, unreadable).stream())
			.toList();
		problems.addAll(unreadable);
		return folders;
	}

	/**
	 * Whether a folder is a service's own, which is read with its manifest.
	 */
	private static boolean isPartOfService(Path folder, String name) {
		return (name.equals(MIGRATIONS) || name.equals(SEEDS)) && Files.exists(folder.resolveSibling(MANIFEST));
	}

	/**
	 * Whether a link leads to the folder of a service. Links to other folders are not
	 * followed: build tools set some that lead to copies.
	 */
	private static boolean isLinkToService(Path link) {
		return !leavesOut(link.getFileName().toString()) && Files.exists(link.resolve(MANIFEST));
	}

	static boolean leavesOut(String folder) {
		return BUILD_OUTPUT.contains(folder) || folder.startsWith(".");
	}

	private static List<Path> manifestsBelow(Path root, List<Problem> problems) {
		List<Path> manifests = new ArrayList<>();
		try {
			// The walk follows no links, not even the one that it begins with.
			Path start = Files.isSymbolicLink(root) ? root.toRealPath() : root;
			Files.walkFileTree(start, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
					String name = folder.toAbsolutePath().normalize().getFileName() + "";
					boolean skipped = !folder.equals(start) && (leavesOut(name) || isPartOfService(folder, name));
					return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (file.endsWith(MANIFEST)) {
						manifests.add(root.resolve(start.relativize(file)));
					}
					else if (attributes.isSymbolicLink() && isLinkToService(file)) {
						manifests.add(root.resolve(start.relativize(file)).resolve(MANIFEST));
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, IOException failure) {
					problems.add(unreadable(file, failure));
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			problems.add(unreadable(root, ex));
		}
		manifests.sort(Comparator.naturalOrder());
		return manifests;
	}

	private static boolean isNew(Path manifest, Set<Path> seen, List<Problem> problems) {
		try {
			// Two folders whose manifests are links to one file are two services of one
			// name.
			return seen.add(manifest.resolveSibling("").toRealPath());
		}
		catch (IOException ex) {
			problems.add(unreadable(manifest, ex));
			return false;
		}
	}

	private static Optional<ServiceFolder> read(Path manifest, List<Problem> problems) {
		try {
			FileBoundary boundary = new FileBoundary(manifest.toAbsolutePath().resolveSibling(""));
			FileBoundary.Found found = boundary.look(manifest);
			if (found.objection() != null) {
				problems.add(found.objection());
				return Optional.empty();
			}
			return Optional
				.of(new ServiceFolder(manifest.toAbsolutePath().normalize().getParent(), Location.of(manifest).file(),
						content(manifest), twoLevels(boundary, manifest, MIGRATIONS, problems),
						twoLevels(boundary, manifest, SEEDS, problems)));
		}
		catch (IOException ex) {
			problems.add(unreadable(manifest, ex));
			return Optional.empty();
		}
	}

	/**
	 * What lies in a folder beside the manifest, and in the folders in there.
	 */
	private static List<ServiceFolder.Entry> twoLevels(FileBoundary boundary, Path manifest, String within,
			List<Problem> problems) throws IOException {
		List<ServiceFolder.Entry> entries = new ArrayList<>();
		for (ServiceFolder.Entry entry : entries(boundary, manifest, within, problems)) {
			entries.add(entry);
			if (entry.folder()) {
				entries.addAll(entries(boundary, manifest, entry.within(), problems));
			}
		}
		return entries;
	}

	private static List<ServiceFolder.Entry> entries(FileBoundary boundary, Path manifest, String within,
			List<Problem> problems) throws IOException {
		List<ServiceFolder.Entry> entries = new ArrayList<>();
		Path folder = manifest.resolveSibling(within);
		FileBoundary.Found place = boundary.look(folder);
		if (place.objection() != null) {
			problems.add(place.objection());
		}
		if (place.folder()) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
				for (Path file : files) {
					FileBoundary.Found found = boundary.look(file);
					if (found.objection() != null) {
						problems.add(found.objection());
					}
					else {
						entries.add(entry(file, within + "/" + file.getFileName(), found));
					}
				}
			}
		}
		entries.sort((one, other) -> one.name().compareTo(other.name()));
		return entries;
	}

	private static ServiceFolder.Entry entry(Path file, String within, FileBoundary.Found found) throws IOException {
		byte[] content = found.file() ? beginning(file) : NOTHING;
		return (content.length < FileContent.LARGE)
				? new ServiceFolder.Entry(Location.of(file).file(), within, content, found.folder(), null)
				: new ServiceFolder.Entry(Location.of(file).file(), within, NOTHING, false,
						() -> new FileInputStream(file.toFile()));
	}

	private static byte[] beginning(Path file) throws IOException {
		try (FileInputStream stream = new FileInputStream(file.toFile())) {
			return stream.readNBytes(FileContent.LARGE);
		}
	}

	/**
	 * The same as {@link Files#readAllBytes}, which takes twice as long over a small
	 * file: it goes through a channel.
	 */
	private static byte[] content(Path file) throws IOException {
		try (FileInputStream stream = new FileInputStream(file.toFile())) {
			return stream.readAllBytes();
		}
	}

	private static CatalogProblem unreadable(Path file, IOException cause) {
		return unreadable(Location.of(file).file(), cause);
	}

	static CatalogProblem unreadable(String file, IOException cause) {
		return new CatalogProblem(Location.of(file), "\"" + file + "\" cannot be read: " + cause,
				"check that it exists and that this user may read it");
	}

}
