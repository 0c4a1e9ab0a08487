package dev.skein;

import java.util.Arrays;

/**
 * Does once what starts do, so that the JVM can keep the classes which that takes. Run
 * where the start-up cache is made; the environment says which database.
 */
enum Rehearsal {

	/**
	 * What most starts do: migrate from nothing, find nothing to do, tell how far all is.
	 */
	ORDINARY(0, "migrate --create-database, migrate, status"),

	/**
	 * In vain, as the only one whom that server asks for a password: what a password
	 * takes is loaded, too.
	 */
	REFUSED(3, "status --user nobody"),

	/** What others do on a database that is up to date. */
	OTHER(0, "migrate --output json, status --output json, plan, validate, verify, drift, history");

	private final int code;

	private final String commands;

	Rehearsal(int code, String commands) {
		this.code = code;
		this.commands = commands;
	}

	/**
	 * Runs some, and ends the process with 1 if one did not end as it should.
	 * @param arguments their names
	 */
	public static void main(String[] arguments) {
		System.exit(Arrays.stream(arguments).map(Rehearsal::valueOf).allMatch(Rehearsal::run) ? 0 : 1);
	}

	private boolean run() {
		return Arrays.stream(this.commands.split(", "))
			.allMatch((command) -> Skein.run(command.split(" ")) == this.code);
	}

}
