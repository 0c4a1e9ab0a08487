package dev.skein.migration;

/**
 * Which database a run works on, as the server itself says.
 *
 * @param name the database's name
 * @param address host and port, as connected to
 * @param user the session's user
 * @param version the server's version, such as {@code 17.2}
 * @param embedded whether it is the embedded server
 * @param origin what no two databases share, however they are reached: when the server
 * was started, and the database's number there
 */
public record DatabaseIdentity(String name, String address, String user, String version, boolean embedded,
		String origin) {

	/**
	 * The server's major version.
	 * @return the version, such as 17
	 */
	public int major() {
		return Integer.parseInt(this.version.replaceFirst("\\D.*", ""));
	}

	/**
	 * The database and where it is, for those who need not know more.
	 * @return both in few words
	 */
	public String place() {
		return "\"" + this.name + "\" on " + this.address;
	}

	/**
	 * The database in one line that every report begins with.
	 * @return the line
	 */
	@Override
	public String toString() {
		return place() + " as \"" + this.user + "\" (" + (this.embedded ? "embedded " : "") + "PostgreSQL "
				+ this.version + ")";
	}

}
