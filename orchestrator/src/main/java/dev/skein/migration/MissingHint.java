package dev.skein.migration;

import java.util.Optional;

/**
 * What to do when something does not exist.
 */
final class MissingHint {

	private static final String REQUIRES = "; if another service creates it, add that service to requires";

	private MissingHint() {
	}

	static String of(FailureCause.InFile cause) {
		String hint = hint(cause);
		return (cause.attempt().transaction() || !cause.statement().verb().equals("drop")) ? hint
				: hint + "; if an earlier attempt of this file dropped it, write IF EXISTS in the file, then run again";
	}

	private static String hint(FailureCause.InFile cause) {
		Optional<String> extension = ExtensionNames.neededBy(cause.statement());
		return switch (cause.missing()) {
			case TABLE -> "check the name and its schema" + REQUIRES;
			case FUNCTION -> extension.map(MissingHint::manifest)
				.orElse("check the name, its schema and the types of" + " its arguments" + REQUIRES);
			case TYPE -> extension.map(MissingHint::manifest)
				.orElse("check the type's name and schema; if an extension brings it, name that in the manifest:"
						+ " extensions: [NAME]" + REQUIRES);
			case OPERATOR_CLASS -> extension.map(MissingHint::manifest)
				.orElse("check the operator class and its access method; if an extension brings it (GIN and GiST on"
						+ " plain types: btree_gin, btree_gist), name that in the manifest: extensions: [NAME]");
			case COLUMN -> "check the column's name: without double quotes PostgreSQL reads it in small letters";
			case ROLE -> "roles belong to the whole server: let an administrator create it before the run with CREATE"
					+ " ROLE NAME, or name the role that each service has for its own user: SCHEMA_app";
			case PARAMETER -> "check the parameter's name, and whether this version of PostgreSQL has it; one of your"
					+ " own has a dot and is read with current_setting('app.name', true)";
			case TABLESPACE -> "tablespaces belong to the server: take TABLESPACE out of the statement, or let an"
					+ " administrator create it with CREATE TABLESPACE";
			case COLLATION -> "this database does not have that collation: choose one of SELECT collname FROM"
					+ " pg_collation, or write CREATE COLLATION in an earlier file";
			case EXTENSION -> "name the extension in the manifest, and the run creates it: extensions: ["
					+ (cause.statement().object().equals("extension") ? PrivilegeHint.plain(cause.statement().name())
							: "NAME")
					+ "]";
			case ACCESS_METHOD -> "check the access method; if an extension brings it, name that in the manifest:"
					+ " extensions: [NAME]";
			case OF_DATABASE -> "check the name; languages, foreign servers, publications and the like belong to the"
					+ " database: let an administrator create it before the run";
			case PRIMARY_KEY -> "the referenced table has no primary key: name columns that are unique, as in"
					+ " REFERENCES table_name (column_name)";
			case OF_TABLE -> "check the name and its table; if it may be gone already, write IF EXISTS";
		};
	}

	private static String manifest(String extension) {
		return "the extension " + extension + " brings it: name that in the manifest, and the run creates it:"
				+ " extensions: [" + extension + "]";
	}

}
