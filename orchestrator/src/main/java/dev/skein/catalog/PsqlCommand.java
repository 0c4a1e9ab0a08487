package dev.skein.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A command in a file that only psql understands.
 *
 * @param line its line, counted from 1
 * @param text the command, to the end of the line
 */
record PsqlCommand(int line, String text) {

	/**
	 * What is wrong with a file that has one.
	 * @param script the file
	 * @return {@code null} if it has none
	 */
	static @Nullable Problem objectionTo(SqlScript script) {
		PsqlCommand command = SqlStatements.psqlCommandIn(script.text());
		return (command == null) ? null
				: new CatalogProblem(new Location(script.location().file(), command.line()),
						"file \"" + script.name() + "\" has \"" + command.text() + "\", which only psql understands",
						command.wayOut());
	}

	private String wayOut() {
		return switch (this.text.split("\\s", 2)[0]) {
			case "\\i", "\\ir", "\\include", "\\include_relative" ->
				"write the SQL of that file here, or make it a migration of its own";
			case "\\copy" -> "write COPY ... FROM stdin; with the rows below it, and a line \\. after them";
			case "\\c", "\\connect" -> "take it out: a migration runs in the database of its platform";
			case "\\restrict", "\\unrestrict" -> "take it out: pg_dump writes it for psql only";
			default -> "take it out, or write it in SQL";
		};
	}

}
