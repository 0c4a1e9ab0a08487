package dev.skein.backup;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of PostgreSQL's programs, and its version.
 *
 * @param path where it lies
 * @param version its version, such as {@code 17.2}
 */
record Program(Path path, String version) {

	/** Such as {@code pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)}. */
	private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\S*)");

	/**
	 * The version in what a program answers when it is asked for it.
	 * @return the version; empty if that was no answer of PostgreSQL's
	 */
	static String version(String answer) {
		Matcher matcher = VERSION.matcher(answer);
		return matcher.find() ? matcher.group(1) : "";
	}

	/**
	 * The number that counts for what fits together.
	 * @param version a version, such as {@code 17.2} or {@code 18beta1}
	 */
	static int major(String version) {
		return Integer.parseInt(version.split("\\D", 2)[0]);
	}

	String name() {
		return this.path.getFileName().toString();
	}

	@Override
	public String toString() {
		return name() + " " + this.version;
	}

}
