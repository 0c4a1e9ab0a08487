package dev.skein.testing;

import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.Application;
import dev.skein.cli.CommandLineFace;
import dev.skein.cli.Surroundings;
import dev.skein.text.PrintableWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a command printed and answered.
 *
 * @param code the exit code
 * @param out what it printed as result
 * @param err what it printed beside that
 */
public record CommandRun(int code, String out, String err) {

	/** Where the embedded server of commands lives. */
	public static final Path HOME = TargetFolder.of("test-embedded");

	/** When every test runs. */
	public static final LocalDateTime TODAY = LocalDateTime.parse("2026-11-21T12:34:56");

	public static CommandRun skein(String... arguments) {
		return skein(Map.of(), "", arguments);
	}

	/**
	 * Runs a command in this JVM.
	 * @param environment the environment variables
	 * @param answers what a person types
	 * @param arguments the command line
	 */
	public static CommandRun skein(Map<String, String> environment, String answers, String... arguments) {
		return skein(environment, answers, List.of(), arguments);
	}

	/**
	 * Runs a command in a checkout of the repository, as its launcher does.
	 * @param checkout the checkout
	 */
	public static CommandRun in(Path checkout, TestDatabase database, String... arguments) {
		return skein(environment(database), "",
				List.of(checkout.resolve("shared-schemas"), checkout.resolve("services")), arguments);
	}

	private static CommandRun skein(Map<String, String> environment, String answers, List<Path> builtin,
			String... arguments) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		Surroundings surroundings = new Surroundings(new PrintableWriter(out), new PrintableWriter(err),
				new BufferedReader(new StringReader(answers)), environment, false, builtin, HOME, () -> TODAY);
		Map<String, String> inherited = new HashMap<>(System.getenv());
		inherited.putAll(environment);
		int code = CommandLineFace.run(arguments, new Application(inherited), surroundings);
		return new CommandRun(code, out.toString(), err.toString());
	}

	/**
	 * Runs a command on a database and the services of a folder only.
	 */
	public static CommandRun on(TestDatabase database, PlatformFolder platform, String... arguments) {
		return answering("", database, platform, arguments);
	}

	public static CommandRun answering(String answers, TestDatabase database, PlatformFolder platform,
			String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--services", platform.root().toString(), "--no-builtin"));
		return skein(environment(database), answers, all.toArray(String[]::new));
	}

	/**
	 * Runs a command on a database and the reference platform.
	 */
	public static CommandRun on(TestDatabase database, String... arguments) {
		return skein(environment(database), "", arguments);
	}

	public static Map<String, String> environment(TestDatabase database) {
		return Map.of("SPRING_DATASOURCE_URL", database.url(), "SPRING_DATASOURCE_USERNAME",
				String.valueOf(database.settings().user()), "SPRING_DATASOURCE_PASSWORD",
				(database.settings().password() == null) ? "" : database.settings().password().value());
	}

	/**
	 * This run, which fails its test unless it answered that all is done.
	 */
	public CommandRun succeeded() {
		assertThat(this.code).as(this.err + this.out).isZero();
		return this;
	}

	public JsonNode json() {
		return JsonMapper.shared().readTree(this.out);
	}

}
