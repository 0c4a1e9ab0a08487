package dev.skein.flyway;

import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.PlatformStatement;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.Notice;
import dev.skein.migration.RunListener;

/**
 * Hears what PostgreSQL says while one file runs, other than errors: tells the listener
 * of all of it as it arrives, and keeps it for the report and the ledger, up to a bound.
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

	FileNotices(ServiceDefinition service, Migration migration, RunListener listener) {
		this.service = service;
		this.migration = migration;
		this.listener = listener;
	}

	/**
	 * Tells of the statements of the file that are not sent to the server.
	 */
	void tellOfLeftOut() {
		this.migration.platformStatements()
			.stream()
			.filter(PlatformStatement::isLeftOut)
			.forEach((statement) -> hear(new Notice("NOTICE", "00000", statement.reason(), false)));
	}

	/**
	 * Tells a notice, and keeps it.
	 */
	void hear(SQLWarning warning) {
		hear(ServerNotice.of(warning));
	}

	/**
	 * Tells what is no notice of PostgreSQL's, and keeps it.
	 */
	void hear(Notice notice) {
		this.listener.noticed(this.service, this.migration, notice);
		keep(notice);
	}

	/**
	 * What was heard, in order. If that was more than is kept, warnings were preferred,
	 * and the last notice says how many were left out.
	 */
	List<Notice> kept() {
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
