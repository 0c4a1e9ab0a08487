package dev.skein.migration;

/**
 * What to do when rows break a rule of their table: whether the statement writes them, or
 * adds a rule over those that exist.
 */
final class RowsHint {

	private RowsHint() {
	}

	static String of(FailureCause.InFile cause) {
		FailedStatement statement = cause.statement();
		AttemptKind kind = cause.attempt().kind();
		if (kind == AttemptKind.SEED) {
			return seed(cause.sqlState());
		}
		if (cause.sqlState().equals("23505") && "pg_catalog".equals(cause.error().schema())) {
			return "another session created the same object at the same moment: " + HintText.again(kind);
		}
		if (!statement.isKnown()) {
			return "rows that the file writes, or that exist already, break this rule: fix those that DETAIL names,"
					+ " then " + HintText.again(kind);
		}
		if (!statement.writes()) {
			return "rows that exist already break the new rule: fix them with an UPDATE or DELETE before this"
					+ " statement, in this file or an earlier one, then " + HintText.again(kind);
		}
		return written(cause) + earlierAttempt(cause);
	}

	private static String written(FailureCause.InFile cause) {
		String again = ", then " + HintText.again(cause.attempt().kind());
		return switch (cause.sqlState()) {
			case "23505" -> "the statement writes a row whose key exists already: fix the values, or write ON CONFLICT"
					+ " with DO UPDATE or DO NOTHING" + again;
			case "23503" -> cause.statement().verb().equals("delete") || cause.statement().verb().equals("truncate")
					? "other rows still refer to these: delete or change those first" + again
					: "the statement leaves a row that refers to one that does not exist: write that one first, or fix"
							+ " the values" + again;
			case "23502" -> "the statement leaves a column empty that must not be: give it a value" + again;
			default -> "the rows that the statement writes break this rule: fix the values" + again;
		};
	}

	private static String earlierAttempt(FailureCause.InFile cause) {
		return (!cause.attempt().transaction() && cause.sqlState().equals("23505"))
				? "; an earlier attempt of this file may have written it" : "";
	}

	private static String seed(String sqlState) {
		return switch (sqlState) {
			case "23505" ->
				"a seed runs again and again: write ON CONFLICT with DO UPDATE or DO NOTHING, then run it again";
			case "23503" -> "it refers to a row that is not there: let an earlier seed put it there, of this service or"
					+ " of one that it requires";
			default -> "its rows break a rule of their table: fix the seed, then run it again";
		};
	}

}
