package dev.skein;

import java.util.Arrays;

/**
 * Runs the commands from which the JVM learns which classes to keep in the start-up
 * cache. The environment says which database, of a server that asks for passwords.
 */
enum StartupTraining {

	/** What nearly all starts do, on a database that is up to date. */
	NOTHING_TO_DO(0, "migrate, status, --version"),

	/**
	 * From nothing, and then files that are pending in a database that was migrated
	 * before.
	 */
	MIGRATING(0, "migrate --create-database --only user-auth, migrate"),

	/** A role that does not exist. */
	REFUSED(3, "status --user nobody"),

	/** What others do on a database that is up to date. */
	OTHER(0, "migrate --output json, status --output json, plan, validate, verify, drift, history");

	private final int code;

	private final String commands;

	StartupTraining(int code, String commands) {
		this.code = code;
		this.commands = commands;
	}

	/**
	 * Runs some, and ends the process with 1 if one of their commands did not end as it
	 * should.
	 * @param arguments their names, in the order in which they run
	 */
	public static void main(String[] arguments) {
		System.exit(Arrays.stream(arguments).map(StartupTraining::valueOf).allMatch(StartupTraining::run) ? 0 : 1);
	}

	private boolean run() {
		return Arrays.stream(this.commands.split(", "))
			.allMatch((command) -> Skein.run(command.split(" ")) == this.code);
	}

}
