package dev.skein.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.skein.migration.Notice;

/**
 * Reads the notices of an attempt, as a column with four texts for each.
 */
final class NoticeColumn {

	private static final int TEXTS = 4;

	private NoticeColumn() {
	}

	/**
	 * The column.
	 * @param notices what gives them in SQL, as the ledger keeps them; NULL if there are
	 * none
	 */
	static String of(String notices) {
		return """
				ARRAY(SELECT t.value FROM jsonb_array_elements(%s) WITH ORDINALITY n (value, place),
				        unnest(ARRAY[n.value->>'severity', n.value->>'sqlState', n.value->>'message',
				            n.value->>'warning']) WITH ORDINALITY t (value, place)
				    ORDER BY n.place, t.place)""".formatted(notices);
	}

	static List<Notice> read(ResultSet row, int column) throws SQLException {
		String[] texts = (String[]) row.getArray(column).getArray();
		List<Notice> notices = new ArrayList<>();
		for (int i = 0; i < texts.length; i += TEXTS) {
			notices.add(new Notice(texts[i], texts[i + 1], texts[i + 2], Boolean.parseBoolean(texts[i + 3])));
		}
		return notices;
	}

}
