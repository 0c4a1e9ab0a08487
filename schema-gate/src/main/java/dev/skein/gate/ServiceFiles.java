package dev.skein.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the service's own jar carries: the files of its migrations, and its manifest.
 *
 * @param folder where they lie on the class path
 * @param resolver what reads the class path
 */
record ServiceFiles(String folder, ResourcePatternResolver resolver) {

	static ServiceFiles of(String service, ResourcePatternResolver resolver) {
		return new ServiceFiles("skein/" + service, resolver);
	}

	/**
	 * The version that its files bring the schema to.
	 */
	Optional<SchemaVersion> highestVersion() {
		try {
			Pattern versioned = versioned();
			// All of the class path: the folder of another jar must not hide this one.
			return Arrays.stream(this.resolver.getResources("classpath*:" + this.folder + "/migrations/**/*.sql"))
				.map((file) -> versioned.matcher(path(file)))
				.filter(Matcher::find)
				.map((name) -> new SchemaVersion(name.group(1).replace("-", "")))
				.max(SchemaVersion::compareTo);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How the files are named that count, by the manifest's format: those that Skein
	 * reads.
	 */
	private Pattern versioned() {
		Object format = Objects.requireNonNullElse(manifest().get("format"), "flyway");
		String name = switch (String.valueOf(format)) {
			case "flyway" -> "V(\\d+(?:[._]\\d+)*)__[^/]+\\.sql";
			case "plain" -> "(\\d+(?:\\.\\d+)*)[_-][^/]+(?<!\\.up|\\.down)\\.sql";
			case "golang-migrate" -> "(\\d+)_[^/]+\\.up\\.sql";
			case "dbmate", "goose", "sqlx" -> "(\\d+)_[^/]+(?<!\\.down)\\.sql";
			case "diesel" -> "(\\d+(?:-\\d+)*)_[^/]+/up\\.sql";
			default -> throw new ClosedGateException(
					"The schema gate does not know the format \"" + format + "\" in " + this.folder + "/service.yml.",
					"Set skein.gate.version, or use a schema gate as new as Skein.", false, null);
		};
		return Pattern.compile("/migrations/" + name + "$");
	}

	private static String path(Resource file) {
		try {
			return URLDecoder.decode(file.getURL().getPath(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The tables that its manifest promises.
	 */
	List<String> tables() {
		return (manifest().get("tables") instanceof List<?> tables) ? tables.stream().map(String::valueOf).toList()
				: List.of();
	}

	/**
	 * The schema that its manifest names.
	 */
	Optional<String> schema() {
		return Optional.ofNullable(manifest().get("schema")).map(String::valueOf);
	}

	private Map<?, ?> manifest() {
		Resource file = this.resolver.getResource("classpath:" + this.folder + "/service.yml");
		if (!file.exists()) {
			return Map.of();
		}
		try (InputStream stream = file.getInputStream()) {
			Object manifest = new Yaml(new SafeConstructor(new LoaderOptions())).load(stream);
			return (manifest instanceof Map<?, ?> keys) ? keys : Map.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
