package dev.skein.migration;

/**
 * A moment of a database server: two of them are equal only if no transaction that wrote
 * anything has ended between them, so that what was read then still holds.
 *
 * @param transactions which transactions had ended, as PostgreSQL writes a snapshot
 * @see <a href=
 * "https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">PostgreSQL:
 * transaction ID and snapshot information functions</a>
 */
public record Moment(String transactions) {

	/**
	 * Whether nothing was committed in between.
	 * @param later another moment of the same server
	 * @return {@code true} if so
	 */
	public boolean isStill(Moment later) {
		return this.transactions.equals(later.transactions);
	}

}
