package dev.skein.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names of types, functions and operator classes that extensions bring, with the
 * extension: those that public projects use most.
 */
final class ExtensionNames {

	private static final Map<String, List<String>> BY_EXTENSION = Map.of("citext", List.of("citext"), "hstore",
			List.of("hstore", "hstore_to_json"), "ltree", List.of("ltree", "lquery", "ltxtquery"), "postgis",
			List.of("geometry", "geography", "st_makepoint", "st_setsrid", "st_distance", "st_dwithin"), "vector",
			List.of("vector", "halfvec", "sparsevec", "vector_l2_ops", "vector_cosine_ops", "vector_ip_ops"), "pg_trgm",
			List.of("gin_trgm_ops", "gist_trgm_ops", "similarity", "word_similarity", "show_trgm"), "uuid-ossp",
			List.of("uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v3", "uuid_generate_v4",
					"uuid_generate_v5", "uuid_nil"),
			"pgcrypto",
			List.of("crypt", "gen_salt", "digest", "hmac", "gen_random_bytes", "pgp_sym_encrypt", "pgp_sym_decrypt"),
			"unaccent", List.of("unaccent"), "cube", List.of("cube", "earth"));

	private ExtensionNames() {
	}

	/**
	 * The extension that a statement needs, by the word at which it failed, or by all of
	 * its words where that is not known.
	 */
	static Optional<String> neededBy(FailedStatement statement) {
		List<String> words = (statement.near() == null) ? statement.words() : List.of(statement.near());
		return BY_EXTENSION.entrySet()
			.stream()
			.filter((extension) -> extension.getValue().stream().anyMatch(words::contains))
			.map(Map.Entry::getKey)
			.sorted()
			.findFirst();
	}

}
