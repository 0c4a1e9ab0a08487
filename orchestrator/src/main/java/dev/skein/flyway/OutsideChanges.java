package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.FailureCause;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a file that runs as the given user from changing what lies outside its service's
 * schema, and was there before: the server would let it. What the transaction locked or
 * wrote to is looked up with the file's last message; only where that is something, a
 * session that does not see the transaction tells what it was before.
 */
final class OutsideChanges {

	private static final String STATE = "SELECT skein.state_outside(?, ?)";

	private final ServiceDefinition service;

	private final WorkerSession session;

	private final SessionSource source;

	private final boolean looked;

	/**
	 * What the files of one service change.
	 * @param looked whether to look: not where the ledger is not there yet, whose
	 * functions do
	 */
	OutsideChanges(ServiceDefinition service, WorkerSession session, SessionSource source, boolean looked) {
		this.service = service;
		this.session = session;
		this.source = source;
		this.looked = looked && !session.isOwnRole();
	}

	/**
	 * What the file may have changed, to be asked in its transaction.
	 * @return an expression; NULL for nothing
	 */
	String after() {
		return this.looked ? "skein.touched_outside(" + Literal.of(this.service.schema().value()) + ")" : "NULL";
	}

	/**
	 * Rolls a file back that changed something.
	 * @param touched what {@link #after} answered
	 * @throws RefusedFileException if it did
	 */
	void require(@Nullable String touched) throws SQLException {
		if (touched == null) {
			return;
		}
		TreeSet<String> changed = new TreeSet<>();
		touched.lines()
			.filter((line) -> line.startsWith("rows "))
			.forEach((line) -> changed.add("rows of " + line.substring("rows ".length())));
		if (touched.lines().anyMatch((line) -> !line.startsWith("rows "))) {
			Map<String, Part> now = parts(this.session
				.send("SELECT skein.state_outside(" + Literal.of(this.service.schema().value()) + ", "
						+ Literal.of(touched) + ")")
				.get(0));
			Map<String, Part> before = before(touched);
			before.forEach((key, part) -> {
				boolean partOfWhatIsGone = !key.equals(part.object) && !now.containsKey(part.object);
				Part same = now.get(key);
				if ((same == null || !same.says.equals(part.says)) && !partOfWhatIsGone) {
					changed.add(part.name);
				}
			});
			now.forEach((key, part) -> {
				if (!before.containsKey(key) && before.containsKey(part.object)) {
					changed.add(part.name);
				}
			});
		}
		if (!changed.isEmpty()) {
			this.session.rollBack();
			throw new RefusedFileException("service \"" + this.service.name() + "\" changed outside its schema \""
					+ this.service.schema() + "\": " + String.join(", ", changed),
					FailureCause.Refused.Reason.CHANGED_OUTSIDE);
		}
	}

	private Map<String, Part> before(String touched) throws SQLException {
		try (Connection own = this.source.own(); PreparedStatement statement = own.prepareStatement(STATE)) {
			statement.setString(1, this.service.schema().value());
			statement.setString(2, touched);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return parts(row.getString(1));
			}
		}
	}

	private static Map<String, Part> parts(@Nullable String lines) {
		return (lines == null) ? new HashMap<>()
				: lines.lines()
					.map((line) -> line.split("\t", -1))
					.collect(Collectors.toMap((line) -> line[1], (line) -> new Part(line[0] + ".0", line[2], line[3]),
							(one, other) -> new Part(one.object, one.name, one.says + other.says)));
	}

	/**
	 * A part of an object, or the object itself.
	 *
	 * @param object the key of the object itself
	 * @param name as a report names it
	 * @param says a checksum of what it says
	 */
	private record Part(String object, String name, String says) {

	}

}
