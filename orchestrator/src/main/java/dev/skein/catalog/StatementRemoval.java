package dev.skein.catalog;

import java.util.Optional;

/**
 * Takes a statement out of a file for one run: lines keep their numbers, and the checksum
 * stays that of the file.
 */
final class StatementRemoval {

	private StatementRemoval() {
	}

	/**
	 * Takes one out.
	 * @param statement its text, perhaps with what follows it
	 * @param line a line on which it stands
	 * @return the file without it; nothing if it is not found
	 */
	static Optional<Migration> from(Migration file, String statement, int line) {
		SqlScript script = file.script();
		String text = script.text();
		for (StatementText at : SqlStatements.read(text).texts()) {
			String own = text.substring(at.begin(), at.end());
			int last = at.statement().line() + (int) own.chars().filter((sign) -> sign == '\n').count();
			if (line >= at.statement().line() && line <= last && statement.startsWith(own)) {
				StringBuilder left = new StringBuilder(text);
				for (int i = at.begin(); i < at.end(); i++) {
					left.setCharAt(i, (text.charAt(i) == '\n') ? '\n' : ' ');
				}
				return Optional.of(new Migration(
						file.version(), file.description(), new SqlScript(script.name(), script.location(),
								left.toString(), script.checksum(), script.rows()),
						file.requires(), file.runsAlone(), file.rules()));
			}
		}
		return Optional.empty();
	}

}
