package dev.skein.postgres;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

import dev.skein.migration.CannotStartException;
import dev.skein.migration.ConnectionSettings;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says why a database could not be used, and what to do.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error
 * codes</a>
 */
final class ConnectionFailure {

	static final String UNKNOWN_DATABASE = "3D000";

	static final String DUPLICATE_DATABASE = "42P04";

	/** What a second CREATE DATABASE of the same name gets at the same moment. */
	static final String DUPLICATE_KEY = "23505";

	static final String INSUFFICIENT_PRIVILEGE = "42501";

	private static final String STARTING_UP = "57P03";

	/** What the driver says of a server that does not do what was asked for. */
	private static final String REJECTED = "08004";

	/** What a pooler answers to a start-up parameter that it does not know. */
	private static final String PROTOCOL_VIOLATION = "08P01";

	private ConnectionFailure() {
	}

	static CannotStartException of(ConnectionSettings settings, SQLException cause) {
		return new CannotStartException("cannot use database " + settings + ": " + reason(cause), hint(cause), cause);
	}

	static CannotStartException waitedInVain(ConnectionSettings settings, Duration wait, SQLException cause) {
		return new CannotStartException("cannot use database " + settings + ": it did not answer within "
				+ wait.toSeconds() + " s: " + reason(cause), "check host and port, and the server's log", cause);
	}

	static CannotStartException notCreated(ConnectionSettings settings, SQLException cause) {
		String hint = (INSUFFICIENT_PRIVILEGE.equals(cause.getSQLState()) && settings.user() != null)
				? "let a superuser grant the right: ALTER ROLE " + Identifier.quote(settings.user()) + " CREATEDB"
				: hint(cause);
		return new CannotStartException("cannot create database " + settings + ": " + reason(cause), hint, cause);
	}

	static CannotStartException unknownOption(ConnectionSettings settings, String option) {
		return new CannotStartException(
				"cannot use database " + settings + ": the driver does not know the option \"" + option + "\"",
				"options are those of the PostgreSQL JDBC driver, such as sslmode=verify-full", null);
	}

	/**
	 * Whether waiting may help: no server answers, the name is not known yet, or the
	 * server is starting. A certificate that is wrong stays so.
	 */
	static boolean mayPass(SQLException cause) {
		String state = String.valueOf(cause.getSQLState());
		return state.equals(STARTING_UP) || (state.startsWith("08") && !state.equals(REJECTED)
				&& !state.equals(PROTOCOL_VIOLATION) && !isTls(cause));
	}

	/**
	 * Whether the server does no TLS, though that was asked for. The driver says so in
	 * the language of this machine.
	 */
	private static boolean isWithoutTls(SQLException cause) {
		return REJECTED.equals(cause.getSQLState())
				&& Arrays.stream(cause.getStackTrace()).anyMatch((frame) -> frame.getMethodName().equals("enableSSL"));
	}

	/**
	 * Whether certificates or their files are at fault. The driver has no code for that,
	 * but a part of its own, through which a lost connection comes as well.
	 */
	private static boolean isTls(SQLException cause) {
		boolean tls = false;
		for (Throwable at = cause; at != null; at = at.getCause()) {
			if (at instanceof EOFException || at instanceof SocketException || at instanceof SocketTimeoutException) {
				return false;
			}
			tls |= Arrays.stream(at.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().startsWith("org.postgresql.ssl."));
		}
		return tls;
	}

	/**
	 * Whether the server asked for the password in a way that shows it.
	 */
	private static boolean asksForMore(SQLException cause) {
		return REJECTED.equals(cause.getSQLState()) && Arrays.stream(cause.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals("org.postgresql.core.AuthMethod"));
	}

	static String reason(SQLException cause) {
		if (asksForMore(cause)) {
			return "the server asks for the password in a way that requireAuth does not allow";
		}
		if (cause.getCause() instanceof UnknownHostException) {
			return "the host's name is not known";
		}
		if (cause.getCause() instanceof SocketTimeoutException) {
			return "no answer in time";
		}
		if (cause.getCause() instanceof ConnectException) {
			return "connection refused";
		}
		ServerErrorMessage server = (cause instanceof PSQLException postgres) ? postgres.getServerErrorMessage() : null;
		// The driver puts the severity before it, in the language of the server.
		String message = (server != null) ? server.getMessage() : cause.getMessage();
		return String.valueOf(message).lines().findFirst().orElse("").strip();
	}

	private static String hint(SQLException cause) {
		String state = String.valueOf(cause.getSQLState());
		if (isWithoutTls(cause)) {
			return "take sslmode out of the URL, or switch TLS on in the server";
		}
		if (asksForMore(cause)) {
			return "a program that answers there could keep the password: verify the server with sslmode=verify-full and"
					+ " sslrootcert=FILE, or let it store the password with scram-sha-256 (password_encryption, then"
					+ " ALTER ROLE … PASSWORD …); on a network that you trust, requireAuth=md5 or requireAuth=password";
		}
		if (isTls(cause)) {
			return "check sslmode and the files it needs: sslrootcert has to hold the certificate that signed the"
					+ " server's, and sslmode=verify-full wants the host's name in it";
		}
		if (mayPass(cause)) {
			return "check host and port, or wait for the server with --wait 60s";
		}
		return switch (state) {
			case "25006" -> "this is a replica, or default_transaction_read_only is on: connect to the primary";
			case "28P01", "28000", REJECTED ->
				"check the user (--user) and the password (SKEIN_PASSWORD, --password-file, or a prompt)";
			case UNKNOWN_DATABASE -> "create it with --create-database, or check its name";
			case PROTOCOL_VIOLATION ->
				"take that option out of the URL, connect to PostgreSQL directly, or let PgBouncer"
						+ " ignore it: ignore_startup_parameters = extra_float_digits, options";
			case INSUFFICIENT_PRIVILEGE -> "ask the owner of the database for the right, or use another --user";
			case "53300" -> "close some connections, or raise max_connections";
			default -> "PostgreSQL's error code is " + state + ", its log says more";
		};
	}

}
