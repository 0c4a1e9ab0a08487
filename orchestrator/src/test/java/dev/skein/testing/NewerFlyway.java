package dev.skein.testing;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.postgresql.ds.common.BaseDataSource;

import dev.skein.postgres.Postgres;

/**
 * A Flyway of a later major version than the one on the class path, as a team would run
 * it on its own schema. The build puts its jars beside the class path.
 */
public final class NewerFlyway implements AutoCloseable {

	private static final Path JARS = Path.of("target", "flyway-13");

	private final URLClassLoader loader;

	/**
	 * Loads it.
	 */
	public NewerFlyway() {
		List<URL> urls = new ArrayList<>();
		try (Stream<Path> jars = Files.list(JARS)) {
			jars.forEach((jar) -> urls.add(url(jar)));
		}
		catch (IOException ex) {
			throw new IllegalStateException("the build puts Flyway's jars into " + JARS, ex);
		}
		for (Path entry : classPath()) {
			if (!entry.getFileName().toString().startsWith("flyway-")) {
				urls.add(url(entry));
			}
		}
		this.loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	private static List<Path> classPath() {
		return Pattern.compile(Pattern.quote(File.pathSeparator))
			.splitAsStream(System.getProperty("java.class.path"))
			.map(Path::of)
			.toList();
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * Its version.
	 */
	public String version() throws ReflectiveOperationException {
		Class<?> printer = this.loader.loadClass("org.flywaydb.core.internal.license.VersionPrinter");
		return (String) printer.getMethod("getVersion").invoke(null);
	}

	/**
	 * Validates a service's schema where it has a history, and migrates it.
	 */
	public void migrate(TestDatabase database, PlatformFolder platform, String service)
			throws ReflectiveOperationException {
		run(database, platform, service, "migrate");
	}

	/**
	 * Fails where files and history differ.
	 */
	public void validate(TestDatabase database, PlatformFolder platform, String service)
			throws ReflectiveOperationException {
		run(database, platform, service, "validate");
	}

	private void run(TestDatabase database, PlatformFolder platform, String service, String verb)
			throws ReflectiveOperationException {
		BaseDataSource source = (BaseDataSource) Postgres.dataSource(database.settings());
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(this.loader);
		try {
			Object configuration = this.loader.loadClass("org.flywaydb.core.Flyway")
				.getMethod("configure", ClassLoader.class)
				.invoke(null, this.loader);
			String password = (source.getPassword() != null) ? source.getPassword() : "";
			call(configuration, "dataSource", new Class<?>[] { String.class, String.class, String.class },
					source.getUrl(), source.getUser(), password);
			call(configuration, "schemas", new Class<?>[] { String[].class }, (Object) new String[] { service });
			call(configuration, "locations", new Class<?>[] { String[].class },
					(Object) new String[] { "filesystem:" + platform.root().resolve(service + "/migrations") });
			call(configuration, "configuration", new Class<?>[] { Map.class }, PlainFlyway.SESSION_LOCK);
			Object flyway = call(configuration, "load", new Class<?>[0]);
			call(flyway, verb, new Class<?>[0]);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static Object call(Object target, String name, Class<?>[] types, Object... arguments)
			throws ReflectiveOperationException {
		Method method = target.getClass().getMethod(name, types);
		return method.invoke(target, arguments);
	}

	@Override
	public void close() throws IOException {
		this.loader.close();
	}

}
