package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Finds who is to be compared.
 */
final class Contestants {

	/** All that there may be. */
	static final List<String> IDS = List.of(Psql.ID, "skein", "skein-none", "flyway", "dbmate", "umzug",
			EarlierSkein.ID);

	private Contestants() {
	}

	/**
	 * Gets the contestants ready; this builds Skein and installs packages, if need be.
	 * @param repository the folder of Skein's sources
	 * @param jdk the JDK that Skein's launcher chooses
	 * @param against the folder of the sources of another Skein, if there is one
	 * @param ids who is wanted, in the order in which they are shown
	 * @param leftOut told of each that is not to be had, and why
	 * @return those that are to be had, in that order
	 */
	static List<Contestant> find(Path repository, Jdk jdk, @Nullable Path against, Set<String> ids,
			Consumer<String> leftOut) {
		Path launcher = repository.resolve("scripts/skein");
		List<Contestant> found = new ArrayList<>();
		for (String id : ids) {
			try {
				found.add(find(id, launcher, jdk, against, repository.resolve("benchmarks/target/npm")));
			}
			catch (BenchmarkException ex) {
				leftOut.accept("without " + id + ": " + ex.getMessage());
			}
		}
		return found;
	}

	private static Contestant find(String id, Path launcher, Jdk jdk, @Nullable Path against, Path npm) {
		return switch (id) {
			case Psql.ID -> Psql.find();
			case "skein" -> new Skein(launcher, "roles");
			case "skein-none" -> new Skein(launcher, "none");
			case "flyway" -> new FlywayLoop(jdk);
			case "dbmate" -> Dbmate.of(Npm.installedIn(npm));
			case "umzug" -> Umzug.of(Npm.installedIn(npm));
			case EarlierSkein.ID -> EarlierSkein.in(requireNonNull(against));
			default -> throw new IllegalArgumentException(id);
		};
	}

}
