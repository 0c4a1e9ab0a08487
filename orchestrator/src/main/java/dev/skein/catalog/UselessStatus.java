package dev.skein.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Commands of well-known tools that list what is pending for people, and tell programs
 * nothing: their exit code is 0 either way.
 */
final class UselessStatus {

	/** The words of each, and what makes it tell; empty where nothing does. */
	private static final Map<String, String> COMMANDS = Map.ofEntries(Map.entry("knex migrate:status", ""),
			Map.entry("knex migrate:list", ""), Map.entry("sequelize db:migrate:status", ""),
			Map.entry("sequelize-cli db:migrate:status", ""), Map.entry("typeorm migration:show", ""),
			Map.entry("alembic current", "--check-heads"), Map.entry("dbmate status", "--exit-code"),
			Map.entry("sql-migrate status", ""), Map.entry("manage.py showmigrations", "write migrate --check"),
			Map.entry("django-admin showmigrations", "write migrate --check"), Map.entry("liquibase status", ""),
			Map.entry("sqitch status", ""), Map.entry("flyway info", ""), Map.entry("goose status", ""));

	private UselessStatus() {
	}

	/**
	 * The useless command among the words of a status.
	 * @return {@code null} if there is none
	 */
	static @Nullable String of(List<String> words) {
		return COMMANDS.entrySet()
			.stream()
			.filter((one) -> isIn(words, one.getKey()))
			.filter((one) -> !one.getValue().startsWith("--") || !words.contains(one.getValue()))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	/**
	 * How to make it tell.
	 */
	static String hint(List<String> words) {
		String option = COMMANDS.getOrDefault(String.valueOf(of(words)), "");
		if (option.isEmpty()) {
			return "take status out: then every migrate runs the tool, which finds out; or name a script of your own that"
					+ " ends with another exit code";
		}
		return option.startsWith("--") ? "add " + option : option;
	}

	/**
	 * Whether the two words come one after the other. The first may be a path, such as
	 * {@code node_modules/.bin/knex}, and options may stand between them.
	 */
	private static boolean isIn(List<String> words, String command) {
		String[] parts = command.split(" ", -1);
		List<String> plain = words.stream()
			.filter((word) -> !word.startsWith("-"))
			.map((word) -> word.substring(word.lastIndexOf('/') + 1))
			.toList();
		int program = plain.indexOf(parts[0]);
		return program >= 0
				&& Stream.of(plain.get(plain.size() - 1), (program + 1 < plain.size()) ? plain.get(program + 1) : "")
					.anyMatch(parts[1]::equals);
	}

}
