package dev.skein.migration;

import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL extension that a service uses.
 *
 * @param extension its name
 * @param service the service
 * @param file the file that creates it with {@code IF NOT EXISTS}; {@code null} if the
 * manifest names it
 */
public record ExtensionNeed(String extension, ServiceDefinition service, @Nullable String file) {

	/**
	 * Those that a manifest names.
	 * @param service the service
	 * @return its needs
	 */
	public static List<ExtensionNeed> ofManifest(ServiceDefinition service) {
		return service.extensions().stream().map((name) -> new ExtensionNeed(name, service, null)).toList();
	}

	/**
	 * Those that a file creates.
	 * @param service the service
	 * @param file one of its files
	 * @return its needs; nearly always none
	 */
	public static List<ExtensionNeed> ofFile(ServiceDefinition service, Migration file) {
		return file.createdExtensions()
			.stream()
			.map((name) -> new ExtensionNeed(name, service, file.script().location().file()))
			.toList();
	}

	/**
	 * Those of a manifest and of some files.
	 * @param service the service
	 * @param files some of its files
	 * @return its needs
	 */
	public static List<ExtensionNeed> of(ServiceDefinition service, List<Migration> files) {
		List<ExtensionNeed> needs = new ArrayList<>(ofManifest(service));
		files.forEach((file) -> needs.addAll(ofFile(service, file)));
		return needs;
	}

	/**
	 * Those of a manifest and of all files, as if the manifest named them.
	 * @param service the service
	 * @return its needs
	 */
	public static List<ExtensionNeed> ofAll(ServiceDefinition service) {
		return service.allExtensions().stream().map((name) -> new ExtensionNeed(name, service, null)).toList();
	}

}
