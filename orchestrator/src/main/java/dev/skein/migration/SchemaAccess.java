package dev.skein.migration;

import java.util.Set;

/**
 * Who owns a schema, and who may use it.
 *
 * @param owner the role that owns it
 * @param users the roles to which its use was granted
 */
public record SchemaAccess(String owner, Set<String> users) {

	public SchemaAccess {
		users = Set.copyOf(users);
	}

}
