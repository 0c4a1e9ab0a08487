package dev.skein.flyway;

import java.util.stream.Stream;

import dev.skein.migration.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What servers say that speak another language, as they send it.
 */
class ServerNoticeTests {

	static Stream<Notice> german() {
		return Stream.of(new Notice("HINWEIS", "42P07", "Relation »t« existiert bereits, wird übersprungen", true),
				new Notice("WARNUNG", "01000", "zwei sind übrig", true),
				new Notice("WARNUNG", "25P01", "keine Transaktion offen", true),
				new Notice("HINWEIS", "00000", "Tabelle »t« existiert nicht, wird übersprungen", false));
	}

	@ParameterizedTest
	@MethodSource("german")
	void areReadByTheirCodes(Notice notice) {
		assertThat(heard(notice.severity(), notice.sqlState(), notice.message(), "", "anyRoutine")).isEqualTo(notice);
	}

	@Test
	void tellWhatCascadeDropsInAnyLanguage() {
		assertThat(heard("HINWEIS", "00000", "Löschvorgang löscht ebenfalls 2 weitere Objekte", "Sicht v\nSicht w",
				"reportDependentObjects"))
			.isEqualTo(new Notice("HINWEIS", "00000",
					"Löschvorgang löscht ebenfalls 2 weitere Objekte\nSicht v\nSicht w", true));
	}

	private static Notice heard(String severity, String state, String message, String detail, String routine) {
		return ServerNotice.of(new PSQLWarning(new ServerErrorMessage("S" + severity + "\0VNOTICE\0C" + state + "\0M"
				+ message + "\0" + (detail.isEmpty() ? "" : "D" + detail + "\0") + "R" + routine + "\0")));
	}

}
