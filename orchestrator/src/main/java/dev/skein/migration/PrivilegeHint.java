package dev.skein.migration;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to do when the server denies a right: who has to do it instead, and how.
 */
final class PrivilegeHint {

	static final String OWN_SCHEMA = "the run creates the one schema that a service has: take the statement out of the"
			+ " file; another schema is that of another service, which says schema: NAME in its manifest";

	private static final String ADMINISTRATOR = ": let an administrator run the statement, and take it out of the file";

	private PrivilegeHint() {
	}

	static String of(FailureCause.InFile cause) {
		FailedStatement statement = cause.statement();
		if ("check_enable_rls".equals(cause.routine())) {
			return "a policy of this table would hide rows from the file, so row_security is off in a run: write ALTER"
					+ " TABLE TABLE_NAME NO FORCE ROW LEVEL SECURITY before the statement and FORCE ROW LEVEL SECURITY"
					+ " after it; to work with those rows only that the policies show, write SET LOCAL row_security ="
					+ " on";
		}
		if ("ExecWithCheckOptions".equals(cause.routine())) {
			return "a policy of the table does not admit this row: fix the row, add a policy for the role that"
					+ " migrates, or write ALTER TABLE TABLE_NAME NO FORCE ROW LEVEL SECURITY before the statement";
		}
		if (cause.attempt().roles() && statement.words().contains("references")
				&& !Set.of("grant", "revoke").contains(statement.verb())) {
			return reference(cause);
		}
		return switch (statement.verb()) {
			case "create", "alter", "drop", "comment" -> object(cause);
			case "set", "reset" -> setting(statement);
			case "grant", "revoke" ->
				statement.words().contains("on") ? schema(cause) : "roles belong to the whole server" + ADMINISTRATOR;
			case "reassign" -> "roles belong to the whole server" + ADMINISTRATOR;
			case "copy" -> statement.usesServerFile()
					? "the server would read or write that file as an administrator only: write the rows into the"
							+ " migration, after COPY TABLE_NAME FROM STDIN;"
					: schema(cause);
			case "reindex", "vacuum" -> "a service may maintain its own tables only: name them in the statement";
			default -> schema(cause);
		};
	}

	private static String object(FailureCause.InFile cause) {
		FailedStatement statement = cause.statement();
		boolean creates = statement.verb().equals("create");
		return switch (statement.object()) {
			case "extension" -> creates
					? "the run creates extensions: write CREATE EXTENSION IF NOT EXISTS, or name it in the manifest:"
							+ " extensions: [" + plain(statement.name()) + "], and take the statement out of the file"
					: "extensions belong to the database" + ADMINISTRATOR;
			case "schema" -> OWN_SCHEMA;
			case "role" -> "roles belong to the whole server" + ADMINISTRATOR;
			case "database", "tablespace", "system" -> "this belongs to the whole server" + ADMINISTRATOR;
			case "publication", "subscription", "event trigger", "server", "wrapper", "language", "cast",
					"access method", "operator class" ->
				"a" + ("aeiou".indexOf(statement.object().charAt(0)) < 0 ? " " : "n ") + objectText(statement)
						+ " belongs to the database, not to a schema" + ADMINISTRATOR;
			case "table" -> statement.has("trigger", "all") ? "ALL means also the triggers of foreign keys, which a"
					+ " superuser alone may switch off: write TRIGGER USER instead, or drop the foreign key and add it"
					+ " again after the change" : schema(cause);
			case "function", "procedure" -> statement.has("language", "c") || statement.has("language", "internal")
					? "a function in C runs as the server itself" + ADMINISTRATOR : schema(cause);
			default -> schema(cause);
		};
	}

	/**
	 * The service whose table it is must agree, whatever else is missing.
	 */
	private static String reference(FailureCause.InFile cause) {
		String service = (cause.service() == null) ? "NAME" : cause.service().value();
		String schemas = cause.statement()
			.referredSchemas()
			.stream()
			.map((schema) -> '"' + plain(schema) + '"')
			.collect(Collectors.joining(" or "));
		return "a key runs code with the rights of the table's owner, so the other service must agree: add the line"
				+ " referenced_by: [" + service + "] to the manifest of the service with schema "
				+ (schemas.isEmpty() ? "OTHER" : schemas) + ", and that service to requires of " + service
				+ "; a schema that does not belong to its own role first needs: skein isolation roles";
	}

	private static String objectText(FailedStatement statement) {
		return statement.object().equals("server") ? "foreign server"
				: statement.object().equals("wrapper") ? "foreign-data wrapper" : statement.object();
	}

	private static String setting(FailedStatement statement) {
		return (statement.has("set", "role") || statement.has("session", "authorization"))
				? "a file works as the role of its service: take the statement out of the file"
				: "an administrator alone may set this parameter: take the statement out of the file, or from"
						+ " PostgreSQL 15 on let an administrator GRANT SET ON PARAMETER to the service's role";
	}

	private static String schema(FailureCause.InFile cause) {
		return cause.attempt().roles()
				? "a service may change its own schema only, read what it requires, and refer to it where that service's"
						+ " manifest says so in referenced_by: fix the file, or add the other service to requires"
				: "the user who migrates needs this right: let the owner of the object grant it, or fix the file";
	}

	/**
	 * A name as the manifest has it, without SQL's quotes.
	 */
	static String plain(String name) {
		return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
	}

}
