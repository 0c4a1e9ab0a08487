package dev.skein.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * A tool that migrates a platform, as one process.
 */
sealed interface Contestant permits Psql, Skein, EarlierSkein, FlywayLoop, Dbmate, Umzug {

	/**
	 * The name by which it is chosen.
	 */
	String id();

	/**
	 * What it is.
	 */
	String label();

	/**
	 * Its version, with its name.
	 */
	String version();

	/**
	 * The process that brings a platform up to date.
	 */
	List<String> command(Platform platform, Scenario scenario);

	/**
	 * How that process is told the database.
	 */
	default Map<String, String> environment(Address address) {
		return address.environment();
	}

}
