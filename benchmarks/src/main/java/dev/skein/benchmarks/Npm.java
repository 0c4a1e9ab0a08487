package dev.skein.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * The contestants that come from npm, installed once into a folder, in the versions of
 * {@code package.json}.
 *
 * @param folder the folder
 * @param node node
 */
record Npm(Path folder, Path node) {

	/**
	 * Installs what is not there yet.
	 * @param folder where to
	 * @return the packages
	 * @throws BenchmarkException if node or npm is missing, or npm fails
	 */
	static Npm installedIn(Path folder) {
		Path node = Installed.onPath("node").orElseThrow(() -> new BenchmarkException("node is not installed"));
		Path npm = Installed.onPath("npm").orElseThrow(() -> new BenchmarkException("npm is not installed"));
		try {
			String wanted = resource("package.json");
			Path installed = folder.resolve("installed.json");
			Files.createDirectories(folder);
			Files.writeString(folder.resolve("umzug.cjs"), resource("umzug.cjs"));
			if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
				Files.writeString(folder.resolve("package.json"), wanted);
				Answer.of(npm.toString(), "install", "--no-fund", "--no-audit", "--prefix", folder.toString());
				Files.writeString(installed, wanted);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Npm(folder, node);
	}

	Path module(String name) {
		return this.folder.resolve("node_modules").resolve(name);
	}

	String versionOf(String name) {
		return name + " " + ask("require('" + module(name).resolve("package.json") + "').version");
	}

	String nodeVersion() {
		return "Node " + ask("process.versions.node");
	}

	String ask(String expression) {
		return Answer.of(this.node.toString(), "--print", expression);
	}

	private static String resource(String name) throws IOException {
		try (InputStream stream = requireNonNull(Npm.class.getResourceAsStream(name))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
