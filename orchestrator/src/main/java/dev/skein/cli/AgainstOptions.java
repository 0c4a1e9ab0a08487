package dev.skein.cli;

import java.nio.file.Path;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The other database of two.
 */
final class AgainstOptions implements Options {

	String url = "";

	@Nullable String user;

	@Nullable Path passwordFile;

	@Override
	public void declare(Arguments arguments) {
		arguments
			.option("--against", "URL",
					"The other database, such as postgresql://db.example/production?sslmode=verify-full.")
			.required()
			.as(String.class, (text) -> this.url = text);
		arguments
			.option("--against-user", "NAME",
					"Who connects to it. The password comes from SKEIN_AGAINST_PASSWORD or"
							+ " --against-password-file, never from an argument.")
			.as(String.class, (text) -> this.user = text);
		arguments.option("--against-password-file", "FILE", "Read the password for it from the first line.")
			.as(Path.class, (path) -> this.passwordFile = path);
	}

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
