package dev.skein.migration;

/**
 * The server gives no further session (SQLSTATE 53300): a limit of the role, of the
 * database or of the server is reached. Nothing was begun by the call that threw it, so
 * that it can be made again with a session that is open already.
 */
public final class TooManyConnectionsException extends CannotStartException {

	/** PostgreSQL's error code. */
	public static final String SQL_STATE = "53300";

	private static final long serialVersionUID = 1L;

	/**
	 * A session could not be opened.
	 * @param reason the server's words
	 * @param cause what was thrown underneath
	 */
	public TooManyConnectionsException(String reason, Throwable cause) {
		super(reason, "end other sessions or raise the limit, then run again: the next run goes on from here", cause);
	}

}
