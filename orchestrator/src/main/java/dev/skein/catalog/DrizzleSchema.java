package dev.skein.catalog;

/**
 * Names the service's schema where drizzle-kit names {@code public}. It creates the
 * tables of a schema that is not declared without a schema's name, so in that of the
 * service, and refers to them as {@code "public"."users"}: also in blocks of code.
 */
final class DrizzleSchema {

	private static final String WRITTEN = "\"public\".";

	private DrizzleSchema() {
	}

	/**
	 * What is executed of a text.
	 * @param text the text of a file
	 * @param rules those of the file
	 * @return the same text where the file is not drizzle-kit's, or its service unknown
	 */
	static String replaced(String text, FileRules rules) {
		SchemaName schema = rules.schema();
		if (rules.format() != MigrationFormat.DRIZZLE || schema == null) {
			return text;
		}
		return text.replace(WRITTEN, "\"" + schema.value().replace("\"", "\"\"") + "\".");
	}

}
