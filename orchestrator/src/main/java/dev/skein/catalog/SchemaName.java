package dev.skein.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.skein.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * The name of a PostgreSQL schema. Any identifier that PostgreSQL can hold is legal (it
 * is always quoted); a manifest cannot take names that belong to somebody else.
 *
 * @param value the name, not quoted
 */
public record SchemaName(String value) implements Comparable<SchemaName> {

	/** The one that everybody shares. */
	public static final SchemaName PUBLIC = new SchemaName("public");

	/** The orchestrator's own, with the ledger. */
	public static final SchemaName LEDGER = new SchemaName("skein");

	/**
	 * Names that no service may take: PostgreSQL's own, and those above. One that begins
	 * with skein_ would have roles of the names of another's.
	 */
	private static final Set<String> RESERVED = Set.of(PUBLIC.value, "information_schema", "extensions", LEDGER.value);

	public SchemaName {
		String objection = objectionToIdentifier(value);
		if (objection != null) {
			throw new IllegalArgumentException("schema name \"" + value + "\" " + objection);
		}
	}

	/**
	 * The schema of a service that names none: its own name with {@code _} for {@code -}.
	 * @param service the service
	 * @return the name, which may be one that no service may take
	 */
	public static String defaultFor(ServiceName service) {
		return service.value().replace('-', '_');
	}

	/**
	 * Why a service cannot have a schema of this name.
	 * @param value the name
	 * @return the end of a sentence that begins with the name, or {@code null} where
	 * there is no objection
	 */
	public static @Nullable String objectionTo(String value) {
		if (value.startsWith("pg_") || value.startsWith("skein_") || RESERVED.contains(value)) {
			return "is reserved";
		}
		return objectionToWritten(value);
	}

	/**
	 * Why a manifest may not say this identifier, whatever it names.
	 * @param value the identifier, not quoted
	 * @return the end of a sentence, or {@code null}
	 */
	static @Nullable String objectionToWritten(String value) {
		return (value.indexOf('\0') < 0 && !PrintableText.isLine(value))
				? "has a control character or a mark that changes the direction of writing"
				: objectionToIdentifier(value);
	}

	/**
	 * Why PostgreSQL could not hold this identifier, whatever it names.
	 * @param value the identifier, not quoted
	 * @return the end of a sentence, or {@code null}
	 * @see <a href=
	 * "https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL:
	 * identifiers</a>
	 */
	static @Nullable String objectionToIdentifier(String value) {
		int longest = 63;
		if (value.isBlank()) {
			return "is empty";
		}
		if (value.indexOf('\0') >= 0) {
			return "contains a zero character";
		}
		int length = value.getBytes(StandardCharsets.UTF_8).length;
		return (length > longest) ? "is " + length + " bytes long, PostgreSQL keeps " + longest : null;
	}

	/**
	 * The name as SQL takes it, whatever it contains.
	 * @return the name in double quotes
	 */
	public String quoted() {
		return '"' + this.value.replace("\"", "\"\"") + '"';
	}

	// A record's own two go through method handles, see ServiceName.

	@Override
	public boolean equals(Object other) {
		return other instanceof SchemaName name && name.value.equals(this.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public int compareTo(SchemaName other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
