package dev.skein.gate;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a service says of the schema that it needs.
 *
 * @param service its name in Skein
 * @param version the version that is enough; without it the highest of its files on the
 * class path
 * @param timeout how long to wait for that; without it not at all
 * @param verify what else must be there
 * @param tables its tables; without them those of its manifest on the class path
 * @param schema its schema; without it that of its manifest, or its name with _ for -
 * @param dataSource the bean to look through; without it the only or the primary one
 */
@ConfigurationProperties("skein.gate")
record GateProperties(@Nullable String service, @Nullable String version, @DefaultValue("0s") Duration timeout,
		@DefaultValue("version") Verify verify, @DefaultValue List<String> tables, @Nullable String schema,
		@Nullable String dataSource) {

	/**
	 * How much has to be there.
	 */
	enum Verify {

		/** The version. */
		VERSION,
		/** The version, each of the tables, and no index that PostgreSQL does not use. */
		TABLES

	}

}
