package dev.skein.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds services that are packed in jars (or lie in class folders) under {@code skein/}.
 */
record ClassPathSource(ClassLoader loader) implements ServiceSource {

	private static final String ROOT = "skein";

	private static final Pattern ENTRY = Pattern
		.compile("(skein/[^/]+)/(?:service\\.yml|(" + MIGRATIONS + "|" + SEEDS + ")(?:/[^/]+){1,2})");

	@Override
	public boolean mayBeEmpty() {
		return false;
	}

	@Override
	public List<ServiceFolder> folders(List<Problem> problems) {
		List<ServiceFolder> folders = new ArrayList<>();
		try {
			for (URL url : Collections.list(this.loader.getResources(ROOT))) {
				if (url.openConnection() instanceof JarURLConnection connection) {
					folders.addAll(inJar(connection));
				}
				else {
					Path folder = Path.of(URI.create(url.toString()));
					new DirectorySource(List.of(folder), false).folders(problems)
						.forEach((found) -> folders.add(found.packed()));
				}
			}
		}
		catch (IOException ex) {
			problems.add(new CatalogProblem(Location.of("class path:" + ROOT),
					"the class path cannot be searched for services: " + ex, null));
		}
		return folders;
	}

	private static List<ServiceFolder> inJar(JarURLConnection connection) throws IOException {
		// Another reader may hold the cached file, so this one is ours to close.
		connection.setUseCaches(false);
		Map<String, byte[]> manifests = new TreeMap<>();
		Map<String, List<ServiceFolder.Entry>> migrations = new HashMap<>();
		Map<String, List<ServiceFolder.Entry>> seeds = new HashMap<>();
		try (JarFile jar = connection.getJarFile()) {
			for (JarEntry entry : Collections.list(jar.entries())) {
				Matcher matcher = ENTRY.matcher(entry.getName());
				if (!matcher.matches()) {
					continue;
				}
				byte[] content = content(jar, entry);
				String folder = matcher.group(1);
				String inner = matcher.group(2);
				if (inner == null) {
					manifests.put(folder, content);
				}
				else {
					(inner.equals(MIGRATIONS) ? migrations : seeds).computeIfAbsent(folder, (key) -> new ArrayList<>())
						.add(new ServiceFolder.Entry("class path:" + entry.getName(),
								entry.getName().substring(folder.length() + 1), content, false, null));
				}
			}
		}
		List<ServiceFolder> folders = new ArrayList<>();
		manifests
			.forEach((folder, content) -> folders.add(new ServiceFolder(null, "class path:" + folder + "/" + MANIFEST,
					content, migrations.getOrDefault(folder, List.of()), seeds.getOrDefault(folder, List.of()))));
		return folders;
	}

	private static byte[] content(JarFile jar, JarEntry entry) throws IOException {
		try (InputStream stream = jar.getInputStream(entry)) {
			return stream.readAllBytes();
		}
	}

}
