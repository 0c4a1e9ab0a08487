package dev.skein.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a file is to its service, and so what its text may say.
 *
 * @param kind what it is
 * @param outside whether it asks for no transaction itself, and may then begin and end
 * transactions as it likes
 * @param ownFile how the file is named into which one of its statements can be moved,
 * with {@code %s} for what that does; empty where there is no such file
 * @param format the format whose marks its text may have; {@code null} for none
 * @param schema the schema of its service; {@code null} where that is not known
 */
public record FileRules(Kind kind, boolean outside, String ownFile, @Nullable MigrationFormat format,
		@Nullable SchemaName schema) {

	/**
	 * Those of a file of no format, whose service is not looked at.
	 * @param kind what it is
	 * @param outside whether it asks for no transaction
	 * @param ownFile the name of another file, or empty
	 */
	public FileRules(Kind kind, boolean outside, String ownFile) {
		this(kind, outside, ownFile, null, null);
	}

	/**
	 * Those of a file that no service has.
	 */
	public static final FileRules NONE = new FileRules(Kind.NONE, false, "");

	FileRules in(@Nullable SchemaName other) {
		return new FileRules(this.kind, this.outside, this.ownFile, this.format, other);
	}

	/**
	 * What a file can be.
	 */
	public enum Kind {

		/** A versioned or repeatable migration. */
		MIGRATION,

		/** An undo script. */
		UNDO,

		/** A seed, which always runs in a transaction. */
		SEED,

		/** None that a service has, so nothing is looked for in it. */
		NONE

	}

}
