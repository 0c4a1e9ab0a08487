package dev.skein.migration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * A name for what was applied at a moment.
 *
 * @param name its name
 * @param note what somebody wrote about it; {@code null} if nothing
 * @param createdAt when it was named
 * @param createdBy the database user who named it
 * @param versions the versions of each service that were applied then, by the service's
 * name; services without any are left out
 */
public record Release(String name, @Nullable String note, Instant createdAt, String createdBy,
		Map<String, List<Version>> versions) {

	public Release {
		versions = Map.copyOf(versions);
	}

	/**
	 * Whether a text can name a release. With an {@code @} it would be a service's
	 * version.
	 * @param name the text
	 * @return {@code true} if it can
	 */
	public static boolean isLegalName(String name) {
		return !name.isBlank() && name.length() <= 200
				&& name.chars().noneMatch((character) -> character == '@' || Character.isISOControl(character));
	}

}
