package dev.skein.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.text.PrintableWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LogFileTests {

	@TempDir
	Path folder;

	@Test
	void getsAllThatIsPrintedWithTheTimeAndIsNeverReplaced() throws IOException {
		String services = new PlatformFolder(this.folder.resolve("services")).service("stock").root().toString();
		Path log = this.folder.resolve("skein.log");
		CommandRun.skein("validate", "--services", services, "--no-builtin", "--log-file", log.toString());
		CommandRun wrong = CommandRun.skein(Map.of("SKEIN_LOG_FILE", log.toString()), "", "migrate", "--jobs", "x");
		assertThat(wrong.code()).isEqualTo(2);
		assertThat(Files.readString(log).replaceAll("(?m)^20[0-9-]+T[0-9:]+(\\.[0-9]+)?Z ", "")).startsWith("""
				skein validate
				""").contains("""
				Valid: 1 service, 0 migrations, 0 undo scripts, 0 seeds
				exit code 0
				skein migrate
				Error: Invalid value for option '--jobs'""").endsWith("exit code 2\n");
		assertThat(Files.readAllLines(log)).allMatch((line) -> line.matches("20[0-9-]+T[0-9:]+(\\.[0-9]+)?Z .*"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log))).isEqualTo("rw-------");
	}

	@Test
	void leavesOutWhatATerminalOverwritesOrObeys() throws IOException {
		Path log = this.folder.resolve("skein.log");
		try (LogFile file = LogFile.open(log.toString()); StringWriter shown = new StringWriter()) {
			PrintableWriter copy = file.copyOf(new PrintableWriter(shown));
			copy.control("\r\u001B[K\u001B[?7l");
			copy.print("[1/2] running");
			copy.control("\u001B[?7h\r\u001B[K");
			copy.print("[1/2] done \u0007\n");
			copy.flush();
			assertThat(shown.toString()).contains("running", "\\u0007");
		}
		assertThat(Files.readString(log)).endsWith("Z [1/2] done \\u0007\n").doesNotContain("running", "\u001B");
	}

	@Test
	void isWrittenThroughNoLinkInAFolderOfAllUsers() throws IOException {
		Path kept = Files.writeString(this.folder.resolve("kept"), "as it was");
		Path shared = Files.createDirectory(this.folder.resolve("shared"));
		Path link = Files.createSymbolicLink(shared.resolve("skein.log"), kept);
		CommandRun.skein("validate", "--log-file", link.toString());
		assertThat(Files.readString(kept)).isNotEqualTo("as it was");
		Files.writeString(kept, "as it was");
		Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
		CommandRun run = CommandRun.skein("validate", "--log-file", link.toString());
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).isEqualTo("""
				Error: cannot write log file "%s": every user of this machine may write to its folder, and what lies \
				there is no ordinary file of this user
				  name a file in a folder that is there, and that this user may write to
				""".formatted(link));
		assertThat(Files.readString(kept)).isEqualTo("as it was");
		Path own = shared.resolve("own.log");
		CommandRun.skein("validate", "--log-file", own.toString());
		CommandRun.skein("validate", "--log-file", own.toString());
		assertThat(Files.readAllLines(own)).filteredOn((line) -> line.endsWith("skein validate")).hasSize(2);
	}

	@Test
	void isRefusedWhereItCannotBeWritten() {
		CommandRun run = CommandRun.skein("validate", "--log-file=" + this.folder.resolve("no/skein.log"));
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err().replace(this.folder.toString(), ".")).isEqualTo("""
				Error: cannot write log file "./no/skein.log": its folder does not exist
				  name a file in a folder that is there, and that this user may write to
				""");
		assertThat(run.out()).isEmpty();
	}

}
