package dev.skein.cli;

import picocli.CommandLine.IVersionProvider;

/**
 * Skein's version, from the manifest of its jar.
 */
final class SkeinVersion implements IVersionProvider {

	@Override
	public String[] getVersion() {
		String version = SkeinVersion.class.getPackage().getImplementationVersion();
		return new String[] { "skein " + ((version != null) ? version : "(not packaged)") };
	}

}
