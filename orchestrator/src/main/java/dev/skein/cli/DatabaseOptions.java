package dev.skein.cli;

import java.time.Duration;

/**
 * Which database, and what to do where it is not there.
 */
final class DatabaseOptions extends AddressOptions {

	Duration wait = Duration.ZERO;

	boolean createDatabase;

	private final boolean mayCreate;

	/**
	 * A database that has to be there.
	 */
	DatabaseOptions() {
		this(false);
	}

	private DatabaseOptions(boolean mayCreate) {
		this.mayCreate = mayCreate;
	}

	/**
	 * A database that may be created, for commands that fill it, or look before one that
	 * does.
	 */
	static DatabaseOptions creating() {
		return new DatabaseOptions(true);
	}

	@Override
	public void declare(Arguments arguments) {
		super.declare(arguments);
		arguments
			.option("--wait", "TIME",
					"How long to wait for a server that does not answer yet (default: ${DEFAULT-VALUE}).")
			.otherwise("0s")
			.as(Duration.class, (time) -> this.wait = time);
		if (this.mayCreate) {
			arguments.flag("--create-database", "Create the database where it does not exist.",
					(given) -> this.createDatabase = given);
		}
	}

}
