package dev.skein.gate;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What one look at a database showed.
 *
 * @param database what people call it
 * @param current the version that the schema is at; {@code null} if it has none
 * @param missing what else is not as it has to be, in words
 */
record Look(String database, @Nullable SchemaVersion current, List<String> missing) {

	Look {
		missing = List.copyOf(missing);
	}

	boolean isAtLeast(SchemaVersion needed) {
		return this.current != null && this.current.compareTo(needed) >= 0;
	}

}
