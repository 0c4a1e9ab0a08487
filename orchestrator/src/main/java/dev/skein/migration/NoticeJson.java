package dev.skein.migration;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes notices as the ledger keeps them. Without a library: a file seldom has any, and
 * loading one takes longer than most files.
 */
public final class NoticeJson {

	private NoticeJson() {
	}

	/**
	 * Writes notices.
	 * @param notices the notices
	 * @return an array of objects with {@code severity}, {@code sqlState},
	 * {@code message} and {@code warning}; {@code null} if there are none
	 */
	public static @Nullable String of(List<Notice> notices) {
		return notices.isEmpty() ? null
				: notices.stream().map(NoticeJson::object).collect(Collectors.joining(",", "[", "]"));
	}

	private static String object(Notice notice) {
		return "{\"severity\":" + text(notice.severity()) + ",\"sqlState\":" + text(notice.sqlState()) + ",\"message\":"
				+ text(notice.message()) + ",\"warning\":" + notice.isWarning() + "}";
	}

	private static String text(String value) {
		StringBuilder json = new StringBuilder(value.length() + 2).append('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '"' || c == '\\') {
				json.append('\\').append(c);
			}
			else if (c < ' ') {
				json.append(String.format("\\u%04x", (int) c));
			}
			else {
				json.append(c);
			}
		}
		return json.append('"').toString();
	}

}
