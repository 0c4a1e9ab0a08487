package dev.skein.cli;

import java.util.Set;

/**
 * Skein's version, from the manifest of its jar.
 */
final class SkeinVersion {

	/** As in picocli's standard options. */
	private static final Set<String> OPTIONS = Set.of("-V", "--version");

	private SkeinVersion() {
	}

	/**
	 * Whether nothing but the version is asked for, which takes no command line.
	 */
	static boolean isAsked(String... arguments) {
		return arguments.length == 1 && OPTIONS.contains(arguments[0]);
	}

	static String text() {
		String version = SkeinVersion.class.getPackage().getImplementationVersion();
		return "skein " + ((version != null) ? version : "(not packaged)");
	}

}
