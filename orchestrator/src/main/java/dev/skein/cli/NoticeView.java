package dev.skein.cli;

import java.util.List;

import dev.skein.migration.Notice;

/**
 * What PostgreSQL said while a file ran, as JSON. The names are a contract.
 */
record NoticeView(String severity, String sqlState, String message, boolean warning) {

	static List<NoticeView> of(List<Notice> notices) {
		return notices.stream()
			.map((notice) -> new NoticeView(notice.severity(), notice.sqlState(), notice.message(), notice.isWarning()))
			.toList();
	}

}
