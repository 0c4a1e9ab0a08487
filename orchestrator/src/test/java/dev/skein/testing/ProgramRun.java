package dev.skein.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;

/**
 * What a program of the machine showed and answered.
 *
 * @param code the exit code
 * @param shown what it printed, both streams in the order in which they came
 */
public record ProgramRun(int code, String shown) {

	/**
	 * Runs a program that finds its database as libpq's variables say.
	 * @param database the database
	 * @param folder where it runs
	 * @param environment further variables
	 * @param command the command line
	 */
	public static ProgramRun on(TestDatabase database, Path folder, Map<String, String> environment, String... command)
			throws IOException, InterruptedException {
		ConnectionSettings settings = database.settings();
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
		builder.environment().putAll(environment);
		builder.environment().put("PGHOST", settings.host());
		builder.environment().put("PGPORT", String.valueOf(settings.port()));
		builder.environment().put("PGDATABASE", settings.database());
		builder.environment().put("PGUSER", String.valueOf(settings.user()));
		Process process = builder.start();
		String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new ProgramRun(process.waitFor(), shown);
	}

}
