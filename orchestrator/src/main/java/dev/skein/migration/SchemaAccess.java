package dev.skein.migration;

import java.util.Set;

/**
 * Who owns a schema, and who may use it.
 *
 * @param owner the role that owns it
 * @param users the roles to which its use was granted
 * @param referrers the roles that may refer to the tables which its owner will create
 */
public record SchemaAccess(String owner, Set<String> users, Set<String> referrers) {

	public SchemaAccess {
		users = Set.copyOf(users);
		referrers = Set.copyOf(referrers);
	}

}
