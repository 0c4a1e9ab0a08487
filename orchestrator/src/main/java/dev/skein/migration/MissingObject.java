package dev.skein.migration;

import org.jspecify.annotations.Nullable;

/**
 * The kind of an object that does not exist, by the function of the server that looked
 * for it: SQLSTATE 42704 is that of some twenty kinds, and messages are translated.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/protocol-error-fields.html">PostgreSQL: error
 * and notice message fields</a>
 */
enum MissingObject {

	ROLE, PARAMETER, TABLESPACE, COLLATION, OPERATOR_CLASS, TYPE, EXTENSION, ACCESS_METHOD,
	/** A language, foreign server, publication or another object of the database. */
	OF_DATABASE, PRIMARY_KEY,
	/** A constraint, trigger, policy, index or rule of a table. */
	OF_TABLE,
	/** A table, view, sequence or schema. */
	TABLE, COLUMN, FUNCTION;

	static MissingObject of(String sqlState, @Nullable String routine) {
		return switch (sqlState) {
			case "42P01", "3F000" -> TABLE;
			case "42703" -> COLUMN;
			case "42883" -> FUNCTION;
			default -> byRoutine(String.valueOf(routine));
		};
	}

	private static MissingObject byRoutine(String routine) {
		return switch (routine) {
			case "get_role_oid", "get_rolespec_oid", "get_rolespec_tuple", "AlterRole", "DropRole", "RenameRole" ->
				ROLE;
			case "find_option", "assignable_custom_variable_name", "GetConfigOptionByName" -> PARAMETER;
			case "get_tablespace_oid" -> TABLESPACE;
			case "get_collation_oid", "LookupCollation" -> COLLATION;
			case "ResolveOpClass", "OpClassCacheLookup", "get_opclass_oid", "OpFamilyCacheLookup", "get_opfamily_oid" ->
				OPERATOR_CLASS;
			case "typenameType", "typenameTypeIdAndMod", "interpret_function_parameter_list", "parseTypeString",
					"compute_return_type", "get_object_address_type" ->
				TYPE;
			case "get_extension_oid", "ExecAlterExtensionStmt", "ExecAlterExtensionContentsStmt" -> EXTENSION;
			case "get_am_type_oid", "DefineIndex" -> ACCESS_METHOD;
			case "get_language_oid", "CreateFunction", "get_foreign_server_oid", "GetForeignServerByName",
					"get_foreign_data_wrapper_oid", "get_publication_oid", "AlterPublication", "get_event_trigger_oid",
					"get_subscription_oid" ->
				OF_DATABASE;
			case "transformFkeyGetPrimaryKey" -> PRIMARY_KEY;
			default -> OF_TABLE;
		};
	}

}
