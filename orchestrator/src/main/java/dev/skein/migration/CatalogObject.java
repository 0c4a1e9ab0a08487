package dev.skein.migration;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One thing in a schema: a table, a column, a comment, what a role may do.
 *
 * @param name its kind and its whole name, such as {@code column user_auth.users.email}
 * or {@code rights of user_auth_app on table user_auth.users}
 * @param partOf the name of the object that it comes and goes with; {@code null} if it
 * stands alone
 * @param definition what else there is to say about it, normalised; possibly nothing
 */
public record CatalogObject(String name, @Nullable String partOf, String definition) {

	// Every run compares these: see ServiceName

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CatalogObject object && object.name.equals(this.name)
				&& Objects.equals(object.partOf, this.partOf) && object.definition.equals(this.definition);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

}
