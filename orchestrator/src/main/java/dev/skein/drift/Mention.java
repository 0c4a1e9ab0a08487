package dev.skein.drift;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.migration.CatalogObject;

/**
 * The objects that a definition speaks of: PostgreSQL writes names in full there.
 */
final class Mention {

	private static final String PART = "(?:\"(?:[^\"]|\"\")+\"|[A-Za-z_][\\w$]*)";

	private static final Pattern NAME = Pattern
		.compile("(?<![\\w\"$.])" + PART + "((?:\\." + PART + ")+|\\.[-+*/<>=~!@#%^&|`?]+)");

	/** A routine's body that PostgreSQL keeps as text. */
	private static final Pattern TEXT_BODY = Pattern.compile("\nAS (\\$\\w+\\$|').*", Pattern.DOTALL);

	private Mention() {
	}

	/**
	 * All names with a schema, those of columns also without the column.
	 */
	static Set<String> names(String text) {
		Set<String> names = new HashSet<>();
		Matcher name = NAME.matcher(text);
		while (name.find()) {
			String whole = name.group();
			for (int end = end(whole, 0); end < whole.length();) {
				end = end(whole, end + 1);
				names.add(whole.substring(0, end));
			}
		}
		return names;
	}

	/**
	 * What an object needs to be there. The body of a routine counts where PostgreSQL has
	 * compiled it.
	 */
	static Set<String> needs(CatalogObject object) {
		ObjectName name = ObjectName.of(object.name());
		String definition = name.isRoutine() ? TEXT_BODY.matcher(object.definition()).replaceFirst("")
				: object.definition();
		return names(name.isRoutine() ? definition + " " + object.name() : definition);
	}

	private static int end(String text, int from) {
		int at = from;
		boolean quoted = false;
		while (at < text.length() && (quoted || text.charAt(at) != '.')) {
			quoted ^= text.charAt(at) == '"';
			at++;
		}
		return at;
	}

}
