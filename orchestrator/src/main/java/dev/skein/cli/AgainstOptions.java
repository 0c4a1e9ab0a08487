package dev.skein.cli;

import java.nio.file.Path;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The other database of two.
 */
final class AgainstOptions {

	@Option(names = "--against", paramLabel = "URL", required = true,
			description = "The other database, such as postgresql://db.example/production.")
	String url = "";

	@Option(names = "--against-user", paramLabel = "NAME",
			description = "Who connects to it. The password comes from SKEIN_AGAINST_PASSWORD or"
					+ " --against-password-file, never from an argument.")
	@Nullable String user;

	@Option(names = "--against-password-file", paramLabel = "FILE",
			description = "Read the password for it from the first line.")
	@Nullable Path passwordFile;

	/**
	 * The database that was given.
	 */
	ConnectionSettings settings(Map<String, String> environment) {
		ConnectionSettings settings = DatabaseUrl.withoutPassword(this.url, "--against",
				"set SKEIN_AGAINST_PASSWORD or use --against-password-file");
		if (this.user != null) {
			settings = settings.withUser(this.user, null);
		}
		if (this.passwordFile != null) {
			return settings.withPassword(
					PasswordFile.read(this.passwordFile, "--against-password-file", "SKEIN_AGAINST_PASSWORD"));
		}
		String password = environment.get("SKEIN_AGAINST_PASSWORD");
		return (password == null) ? settings : settings.withPassword(new Secret(password));
	}

}
