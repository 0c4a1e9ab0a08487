package dev.skein.cli;

import java.util.List;

import dev.skein.testing.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups that destructive commands take first.
 */
@EnabledIf("dev.skein.testing.DumpableServer#isThere")
class BackupFirstTests extends BackupFixture {

	@Test
	void resetOffersABackupAndTakesItFirst() {
		CommandRun asking = run(this.caller, "no\n", "reset");
		assertThat(asking.code()).isEqualTo(2);
		assertThat(asking.err()).contains("Take a backup first: --backup FILE\nType the name of the database");
		this.database.execute("CREATE TABLE public.legacy (id int); GRANT SELECT ON public.legacy TO platform_caller;"
				+ " ALTER SCHEMA public OWNER TO platform_caller");
		List<String> before = contents(this.database);
		CommandRun reset = run("reset", "--confirm", name(), "--backup", this.file.toString());
		assertThat(reset.code()).as(reset.err()).isZero();
		assertThat(reset.err()).doesNotContain("Take a backup first")
			.containsPattern("Backing up 5 schemas to \\S+\nWrote \\S+: 5 schemas, ");
		assertThat(contents(this.database)).isNotEqualTo(before);
		CommandRun restore = run("restore", this.file.toString(), "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(restore.err())
			.contains("In the backup, too, but left as it is here: schema \"public\", \"skein\"\n");
		assertThat(contents(this.database)).isEqualTo(before);

		CommandRun again = run("migrate", "--clean", "--confirm", name(), "--backup", this.file.toString());
		assertThat(again.code()).isEqualTo(2);
		assertThat(again.err()).endsWith("give another name: --backup never replaces a file\n");
		CommandRun failing = run("reset", "--confirm", name(), "--backup", "/nowhere/at/all.dump");
		assertThat(failing.code()).isEqualTo(3);
		assertThat(contents(this.database)).isEqualTo(before);
	}

	@Test
	void rollbackOffersABackupAndTakesItFirst() {
		this.platform.service("extra", "tables: [t]")
			.migration("extra", "V1__t.sql", "CREATE TABLE t (id int); INSERT INTO t VALUES (7);")
			.migration("extra", "U1__t.sql", "DROP TABLE t;");
		assertThat(migrate().code()).isZero();
		assertThat(run("rollback", "--to", "extra@0").err()).contains("Take a backup first: --backup FILE\n");
		CommandRun rollback = run("rollback", "--to", "extra@0", "--confirm", name(), "--backup", this.file.toString());
		assertThat(rollback.code()).as(rollback.err()).isZero();
		assertThat(rollback.err())
			.containsPattern("Backing up 2 schemas to \\S+\nWrote \\S+: 2 schemas, .*\nUndoing 1");
		assertThat(this.database.query("SELECT to_regclass('extra.t') IS NULL")).containsExactly("t");
		CommandRun restore = run("restore", this.file.toString(), "--service", "extra", "--confirm", name());
		assertThat(restore.code()).as(restore.err()).isZero();
		assertThat(this.database.query("SELECT id FROM extra.t")).containsExactly("7");
		assertIsWhole(this.caller);
		CommandRun unasked = run("rollback", "--to", "extra@0", "--confirm", name());
		assertThat(unasked.code()).as(unasked.err()).isZero();
		assertThat(unasked.err()).doesNotContain("Take a backup first");
	}

}
