package dev.skein.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Reads PostgreSQL's lists of who may do what with an object. What the owner may do is
 * told only where it is not everything, and who granted a right is not: neither makes a
 * difference to anybody.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/ddl-priv.html#PRIVILEGE-ABBREVS-TABLE">PostgreSQL:
 * abbreviations of privileges</a>
 */
final class AccessList {

	private static final Map<Character, String> WORDS = Map.ofEntries(Map.entry('r', "SELECT"),
			Map.entry('a', "INSERT"), Map.entry('w', "UPDATE"), Map.entry('d', "DELETE"), Map.entry('D', "TRUNCATE"),
			Map.entry('x', "REFERENCES"), Map.entry('t', "TRIGGER"), Map.entry('m', "MAINTAIN"),
			Map.entry('X', "EXECUTE"), Map.entry('U', "USAGE"), Map.entry('C', "CREATE"));

	private AccessList() {
	}

	/**
	 * The rights that an object's list gives.
	 * @param list the list, {@code null} where nobody ever granted or revoked any
	 * @param original the list that the object had at first
	 * @return the rights of each role, {@code PUBLIC} for everybody
	 */
	static Map<String, String> read(String @Nullable [] list, String[] original) {
		List<String> entries = Arrays.asList((list != null) ? list : original);
		Map<String, Set<String>> rights = new TreeMap<>();
		for (String entry : original) {
			if (!entry.startsWith("=") && !entries.contains(entry)) {
				rights.put(grantee(entry), new TreeSet<>());
			}
		}
		for (String entry : entries) {
			if (entry.startsWith("=") || !Arrays.asList(original).contains(entry)) {
				rights.computeIfAbsent(grantee(entry), (same) -> new TreeSet<>()).addAll(words(entry));
			}
		}
		Map<String, String> text = new TreeMap<>();
		rights.forEach((role, words) -> text.put(role, words.isEmpty() ? "none" : String.join(", ", words)));
		return text;
	}

	private static String grantee(String entry) {
		return entry.startsWith("=") ? "PUBLIC" : entry.substring(0, end(entry));
	}

	/**
	 * Where the grantee ends, whose name is quoted if it is an odd one.
	 */
	private static int end(String entry) {
		int from = entry.startsWith("\"") ? 1 : 0;
		if (from == 0) {
			return entry.indexOf('=');
		}
		while (entry.charAt(from) != '"' || entry.charAt(from + 1) == '"') {
			from += (entry.charAt(from) == '"') ? 2 : 1;
		}
		return from + 1;
	}

	private static Set<String> words(String entry) {
		Set<String> words = new TreeSet<>();
		String letters = entry.substring(end(entry) + 1);
		for (int i = 0; letters.charAt(i) != '/'; i++) {
			boolean grantable = letters.charAt(i + 1) == '*';
			String word = WORDS.getOrDefault(letters.charAt(i), String.valueOf(letters.charAt(i)));
			words.add(word + (grantable ? " WITH GRANT OPTION" : ""));
			i += grantable ? 1 : 0;
		}
		return words;
	}

}
