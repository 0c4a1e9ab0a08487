package dev.skein.flyway;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.WordSearch;

/**
 * Tells which services need a session in which their owner itself logged in: a session
 * that serves several is reset between them, but what an extension keeps in its memory
 * outlives that, and {@code RESET ROLE} leads to another role there.
 */
final class SessionNeeds {

	/**
	 * Extensions that keep nothing in a session which one service could leave another.
	 */
	private static final Set<String> STATELESS = Set.of("address_standardizer", "amcheck", "bloom", "btree_gin",
			"btree_gist", "citext", "cube", "dict_int", "dict_xsyn", "earthdistance", "fuzzystrmatch", "hll", "hstore",
			"hypopg", "intarray", "ip4r", "isn", "lo", "ltree", "moddatetime", "pageinspect", "pg_bigm",
			"pg_buffercache", "pg_freespacemap", "pg_stat_statements", "pg_trgm", "pg_visibility", "pg_uuidv7",
			"pgcrypto", "pgrowlocks", "pgstattuple", "plpgsql", "postgis", "postgis_topology", "seg", "semver",
			"tablefunc", "tcn", "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "vector", "xml2");

	private static final WordSearch WORDS = WordSearch.forBeginnings("dblink", "discard", "extension", "role",
			"session", "system_user");

	private static final Pattern SIGN = Pattern.compile(
			"\\b(?:dblink|session_user\\b|system_user\\b|session\\s+authorization\\b|discard\\s"
					+ "|(?:re)?set\\s+(?:(?:local|session)\\s+)?role\\b(?!\\s*=)|set_config\\s*\\(\\s*'role'"
					+ "|create\\s+extension\\s+(?:if\\s+not\\s+exists\\s+)?\"?(?<extension>[\\w-]+))",
			Pattern.CASE_INSENSITIVE);

	private SessionNeeds() {
	}

	/**
	 * Whether a service needs a session of its own.
	 * @param service the service
	 * @param files what will run
	 * @return {@code true} if its manifest names an extension that is not known to be
	 * stateless, or if one of the files does, mentions {@code dblink}, or says who is
	 * logged in or who works
	 */
	static boolean ofItsOwn(ServiceDefinition service, List<Migration> files) {
		return !STATELESS.containsAll(service.extensions())
				|| files.stream().anyMatch((file) -> isSign(file.script().text()));
	}

	private static boolean isSign(String text) {
		if (!WORDS.findsAnyIn(text)) {
			return false;
		}
		Matcher sign = SIGN.matcher(text);
		while (sign.find()) {
			String extension = sign.group("extension");
			if (extension == null || !STATELESS.contains(extension.toLowerCase(Locale.ROOT))) {
				return true;
			}
		}
		return false;
	}

}
