package dev.skein.catalog;

/**
 * A command in a file that only psql understands.
 *
 * @param line its line, counted from 1
 * @param text the command, to the end of the line
 */
record PsqlCommand(int line, String text) {

	/**
	 * What is wrong with a file that has it.
	 * @param script the file
	 */
	Problem objection(SqlScript script) {
		return new CatalogProblem(new Location(script.location().file(), this.line),
				"file \"" + script.name() + "\" has \"" + this.text + "\", which only psql understands", wayOut());
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
