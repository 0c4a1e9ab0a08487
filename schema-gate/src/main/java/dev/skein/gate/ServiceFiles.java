package dev.skein.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

	private static final Pattern VERSIONED = Pattern.compile("V(\\d+(?:[._]\\d+)*)__.*\\.sql");

	static ServiceFiles of(String service, ResourcePatternResolver resolver) {
		return new ServiceFiles("skein/" + service, resolver);
	}

	/**
	 * The version that its files bring the schema to.
	 */
	Optional<SchemaVersion> highestVersion() {
		try {
			// All of the class path: the folder of another jar must not hide this one.
			return Arrays.stream(this.resolver.getResources("classpath*:" + this.folder + "/migrations/V*.sql"))
				.map((file) -> VERSIONED.matcher(Objects.requireNonNullElse(file.getFilename(), "")))
				.filter(Matcher::matches)
				.map((name) -> new SchemaVersion(name.group(1)))
				.max(SchemaVersion::compareTo);
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
