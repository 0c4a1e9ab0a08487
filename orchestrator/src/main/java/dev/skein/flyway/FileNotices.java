package dev.skein.flyway;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Notice;
import dev.skein.migration.RunListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears what PostgreSQL says while one file runs, other than errors: tells the listener
 * of all of it, each once, and keeps it for the report and the ledger, up to a bound.
 * <p>
 * The driver lets other threads see the warnings of a statement that still runs. It
 * appends them to a chain, and begins another chain with each execution. What was told is
 * taken out of the statement, so that a file with very many notices takes no memory for
 * them.
 */
final class FileNotices {

	/** The most notices of a file that are kept. */
	static final int MOST = 100;

	private final ServiceDefinition service;

	private final Migration migration;

	private final RunListener listener;

	private final List<Notice> kept = new ArrayList<>();

	private int leftOut;

	private int warningsLeftOut;

	/** The last warning that was read. */
	private @Nullable SQLWarning last;

	FileNotices(ServiceDefinition service, Migration migration, RunListener listener) {
		this.service = service;
		this.migration = migration;
		this.listener = listener;
	}

	/**
	 * Tells what a statement has said since the last call. Any thread may call this while
	 * the statement runs; the one that ran it calls it once more before it runs something
	 * else with it or closes it.
	 * @param statement the statement that runs or ran the file, or a part of it
	 */
	synchronized void poll(Statement statement) {
		read(statement, true);
	}

	/**
	 * Passes over what a statement has said since the last call: it prepared the file,
	 * and was not the file.
	 * @param statement the statement
	 */
	synchronized void ignore(Statement statement) {
		read(statement, false);
	}

	/**
	 * What was heard, in order. If that was more than is kept, warnings were preferred,
	 * and the last notice says how many were left out.
	 */
	synchronized List<Notice> kept() {
		if (this.leftOut == 0) {
			return List.copyOf(this.kept);
		}
		List<Notice> all = new ArrayList<>(this.kept);
		all.add(new Notice("NOTICE", "00000",
				this.leftOut + " more left out"
						+ ((this.warningsLeftOut == 0) ? "" : ", " + this.warningsLeftOut + " of them warnings"),
				this.warningsLeftOut > 0));
		return all;
	}

	private void read(Statement statement, boolean tell) {
		try {
			SQLWarning begin = statement.getWarnings();
			follow(tell);
			if (begin != null) {
				this.last = begin;
				hear(begin, tell);
				follow(tell);
				statement.clearWarnings();
			}
		}
		catch (SQLException ex) {
			// A thread that watches came too late: the statement is closed, and all was
			// told before.
		}
	}

	/**
	 * Reads on from the last warning: the driver may have been about to append another to
	 * a chain that was taken out. Once it has begun the next chain, it is done with that.
	 */
	private void follow(boolean tell) {
		SQLWarning next = (this.last == null) ? null : this.last.getNextWarning();
		while (next != null) {
			this.last = next;
			hear(next, tell);
			next = next.getNextWarning();
		}
	}

	private void hear(SQLWarning warning, boolean tell) {
		if (tell) {
			Notice notice = ServerNotice.of(warning);
			this.listener.noticed(this.service, this.migration, notice);
			keep(notice);
		}
	}

	private void keep(Notice notice) {
		if (this.kept.size() < MOST) {
			this.kept.add(notice);
			return;
		}
		this.leftOut++;
		int other = notice.isWarning() ? lastOther() : -1;
		if (other >= 0) {
			this.kept.remove(other);
			this.kept.add(notice);
		}
		else if (notice.isWarning()) {
			this.warningsLeftOut++;
		}
	}

	private int lastOther() {
		int index = this.kept.size() - 1;
		while (index >= 0 && this.kept.get(index).isWarning()) {
			index--;
		}
		return index;
	}

}
