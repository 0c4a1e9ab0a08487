package dev.skein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.skein.testing.CommandRun;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How PostgreSQL's programs are found and called; scripts stand for them.
 */
class BackupProgramTests {

	private static final String PASSWORD = "a-word-that-nobody-may-read";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	/** Where the scripts lie, and what they saw. */
	@TempDir
	Path bin;

	@TempDir
	Path files;

	PlatformFolder platform;

	String file;

	@BeforeEach
	void migrateOneService() throws IOException {
		this.platform = new PlatformFolder(this.folder).service("stock", "tables: [stock]")
			.migration("stock", "V001__stock.sql", "CREATE TABLE stock (id int); INSERT INTO stock VALUES (1);");
		assertThat(run("migrate").code()).isZero();
		this.file = this.files.resolve("stock.dump").toString();
		program("pg_restore", "18.6", "");
	}

	@Test
	void saysThatAProgramIsMissing() {
		CommandRun run = run("backup", this.file);
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("""
				Error: there is no pg_dump on the PATH
				  install postgresql-client-18, or give the folder of its programs with --pg-bin
				""");
		assertThat(withPrograms("backup", this.file).err()).endsWith("Error: there is no pg_dump in \"" + this.bin
				+ "\"\n  install postgresql-client-18, or give the folder of its programs with --pg-bin\n");
	}

	@Test
	void saysThatAProgramIsTooOld() throws IOException {
		program("pg_dump", "15.18 (Debian 15.18-0+deb12u1)", "");
		CommandRun run = withPrograms("backup", this.file);
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).containsPattern(
				"""
						Error: the pg_dump found here is version 15.18, but the server is PostgreSQL 18\\.\\d+, and pg_dump reads \
						no server newer than itself
						  install postgresql-client-18, or give the folder of its programs with --pg-bin
						""");
		CommandRun reset = withPrograms("reset", "--backup", this.file, "--confirm", name());
		assertThat(reset.code()).isEqualTo(3);
		assertThat(reset.err()).contains("and pg_dump reads no server newer than itself");
		assertThat(rows()).isEqualTo("1");
	}

	@Test
	void resetOffersNoBackupThatItCouldNotTake() throws IOException {
		assertThat(run("reset").err()).doesNotContain("--backup").contains("nobody answered");
		program("pg_dump", "15.18", "");
		assertThat(withPrograms("reset").err()).doesNotContain("--backup").contains("nobody answered");
		program("pg_dump", "18.6", "");
		assertThat(withPrograms("reset").err()).contains("Take a backup first: --backup FILE\n")
			.contains("nobody answered");
	}

	@Test
	void resetDropsNothingWhereTheBackupFails() throws IOException {
		program("pg_dump", "18.6", "echo 'pg_dump: error: no space left on device' >&2; exit 1");
		CommandRun run = withPrograms("reset", "--backup", this.file, "--confirm", name());
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.err()).endsWith("""
				Error: pg_dump 18.6 failed:
				  no space left on device
				  the database is as it was, and there is no file
				""");
		assertThat(rows()).isEqualTo("1");
		assertThat(this.files).isEmptyDirectory();
		assertThat(this.database.query("SELECT command || ' ' || outcome FROM skein.runs ORDER BY started_at"))
			.containsExactly("migrate applied", "clean failed");
	}

	@Test
	void handsPasswordAndTlsOverInTheEnvironmentAndNowhereElse() throws IOException {
		program("pg_dump", "18.6", """
				printf '%%s\\n' "$@" > %1$s/arguments
				tr '\\0' '\\n' < /proc/$$/cmdline > %1$s/cmdline
				env | grep -E '^(PG|LC_ALL|SKEIN)' | sort > %1$s/environment
				echo "pg_dump: error: the password is $PGPASSWORD" >&2
				exit 1""".formatted(this.bin));
		this.database
			.execute("DO $$ BEGIN CREATE ROLE backup_reader LOGIN; EXCEPTION WHEN duplicate_object THEN END $$");
		CommandRun run = CommandRun.skein(Map.of("SKEIN_PASSWORD", PASSWORD, "PATH", System.getenv("PATH"), "PGSERVICE",
				"other", "PGPASSFILE", "/nowhere/.pgpass"), "", "backup", this.file, "--pg-bin", this.bin.toString(),
				"--url",
				this.database.url() + "?sslmode=disable&sslrootcert=/etc/ca.pem&sslkey=/etc/key.pem&options=-c%20x.y=1"
						+ "&reWriteBatchedInserts=true",
				"--user", "backup_reader", "--services", this.folder.toString(), "--no-builtin");
		assertThat(run.code()).as(run.err()).isEqualTo(1);
		assertThat(run.err()).contains("  the password is ***\n").doesNotContain(PASSWORD);
		assertThat(this.bin.resolve("arguments"))
			.hasContent("--format=custom\n--no-password\n--encoding=UTF8\n--file=" + this.file
					+ ".part\n--schema=\"stock\"\n--schema=\"skein\"\n--exclude-table-data=skein.failure_details\n");
		assertThat(Files.readString(this.bin.resolve("cmdline"))).doesNotContain(PASSWORD);
		assertThat(this.bin.resolve("environment")).hasContent("""
				LC_ALL=C
				PGAPPNAME=skein backup
				PGCONNECT_TIMEOUT=10
				PGDATABASE=%s
				PGHOST=127.0.0.1
				PGOPTIONS=-c x.y=1
				PGPASSFILE=/nowhere/.pgpass
				PGPASSWORD=%s
				PGPORT=%d
				PGSSLKEY=/etc/key.pem
				PGSSLMODE=disable
				PGSSLROOTCERT=/etc/ca.pem
				PGUSER=backup_reader
				""".formatted(name(), PASSWORD, this.database.settings().port()));
	}

	@Test
	void anInterruptedBackupLeavesNothing() throws Exception {
		program("pg_dump", "18.6",
				"echo half > \"" + this.file + ".part\"; echo $$ > " + this.bin + "/pid; exec sleep 100");
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.skein.Skein", "backup",
				this.file, "--pg-bin", this.bin.toString(), "--services", this.folder.toString(), "--no-builtin");
		builder.environment().putAll(CommandRun.environment(this.database));
		Path printed = this.bin.resolve("printed");
		Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
		await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(this.bin.resolve("pid")));
		assertThat(Path.of(this.file + ".part")).exists();
		CommandRun second = withPrograms("backup", this.file);
		assertThat(second.code()).isEqualTo(3);
		assertThat(second.err()).endsWith("Error: another backup is being written to \"" + this.file
				+ ".part\"\n  wait for its end, or give another file\n");
		long child = Long.parseLong(Files.readString(this.bin.resolve("pid")).strip());

		new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(143);
		assertThat(printed).content().endsWith("Error: interrupted; the database is as it was\n");
		assertThat(this.files).isEmptyDirectory();
		assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
	}

	@Test
	void refusesWhatIsNoFile() {
		assertThat(withPrograms("restore", this.file)).isEqualTo(new CommandRun(2, "",
				"Error: \"" + this.file + "\" is no file; nothing was touched\n  check its path\n"));
		assertThat(withPrograms("migrate", "--backup", this.file)).isEqualTo(new CommandRun(2, "", """
				Error: --backup is for --clean: without it nothing is dropped
				  take a backup with: skein backup FILE
				"""));
	}

	@Test
	void refusesAFileThatCannotBeRead() throws IOException {
		Files.writeString(Path.of(this.file), "nonsense");
		program("pg_dump", "18.6", "");
		program("pg_restore", "18.6",
				"echo 'pg_restore: error: input file does not appear to be a valid archive' >&2; exit 1");
		CommandRun run = withPrograms("restore", this.file, "--confirm", name());
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("Error: pg_restore 18.6 cannot read \"" + this.file + """
				":
				  input file does not appear to be a valid archive
				  give a file that skein backup wrote, or pg_dump --format=custom
				""");
		program("pg_restore", "15.1",
				"echo 'pg_restore: error: unsupported version (1.16) in file header' >&2; exit 1");
		assertThat(withPrograms("restore", this.file, "--confirm", name()).err())
			.endsWith("  a newer pg_dump wrote it: take a pg_restore of its version, with --pg-bin\n");
	}

	private void program(String name, String version, String body) throws IOException {
		Path program = this.bin.resolve(name);
		Files.writeString(program, "#!/bin/sh\nif [ \"$1\" = --version ]; then echo '" + name + " (PostgreSQL) "
				+ version + "'; exit 0; fi\n" + body + "\n");
		Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private CommandRun withPrograms(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--pg-bin", this.bin.toString()));
		Map<String, String> environment = new HashMap<>(CommandRun.environment(this.database));
		environment.put("PATH", System.getenv("PATH"));
		all.addAll(List.of("--services", this.folder.toString(), "--no-builtin"));
		return CommandRun.skein(environment, "", all.toArray(String[]::new));
	}

	private CommandRun run(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments);
	}

	private String name() {
		return this.database.settings().database();
	}

	private String rows() {
		return this.database.query("SELECT count(*) FROM stock.stock").get(0);
	}

	@Test
	void writesThroughNoLinkAndIntoNoFolderOfAllUsers() throws IOException {
		Path part = Path.of(this.file + ".part");
		Path victim = Files.writeString(part.resolveSibling("victim"), "kept");
		Files.createSymbolicLink(part, victim);
		program("pg_dump", "18.6", "");
		CommandRun run = withPrograms("backup", this.file);
		assertThat(run.code()).isEqualTo(3);
		assertThat(run.err()).endsWith("Error: \"" + part + "\" is there, and is no ordinary file\n"
				+ "  look at what it is and delete it, or give another file\n");
		assertThat(victim).hasContent("kept");
		Files.delete(part);
		Path folder = part.getParent();
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		assertThat(withPrograms("backup", this.file).err())
			.endsWith("Error: every user of this machine may write to the folder \"" + folder
					+ "\", and so replace a backup while it is written\n  choose another folder, or: chmod o-w "
					+ folder + "\n");
	}

}
