package dev.skein.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one contestant said to the server in one scenario.
 *
 * @param services how many services there were
 * @param scenario what it found
 * @param contestant who
 * @param statements how many statements reached the server, as it logs them: one message,
 * whatever is in it, is one statement
 * @param roundTrips how often the contestant waited for the server, all connections
 * together
 * @param connections how many connections it opened
 */
record Conversation(int services, Scenario scenario, Contestant contestant, long statements, int roundTrips,
		int connections) {

	/**
	 * Listens to a contestant with a fresh database and with nothing to do.
	 */
	static List<Conversation> of(Platform platform, Contestant contestant, TemporaryServer server, TestBed bed,
			Stopwatch stopwatch) {
		List<Conversation> conversations = new ArrayList<>();
		Address database = bed.create();
		bed.logStatements();
		for (Scenario scenario : List.of(Scenario.FRESH, Scenario.NO_OP)) {
			long before = statements(server.log(), database);
			try (DistantServer counted = new DistantServer(database, Duration.ZERO)) {
				stopwatch.measure(contestant.command(platform, scenario),
						contestant.environment(database.through(counted.port())));
				conversations.add(new Conversation(platform.size(), scenario, contestant,
						statements(server.log(), database) - before, counted.roundTrips(), counted.connections()));
			}
			bed.check(platform, scenario, contestant);
		}
		bed.drop();
		return conversations;
	}

	private static long statements(Path log, Address database) {
		String prefix = database.database() + " LOG:  ";
		try (Stream<String> lines = Files.lines(log)) {
			return lines
				.filter((line) -> line.startsWith(prefix + "statement: ") || line.startsWith(prefix + "execute "))
				.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
