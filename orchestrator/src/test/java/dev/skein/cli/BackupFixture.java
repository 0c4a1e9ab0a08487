package dev.skein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.skein.testing.CommandRun;
import dev.skein.testing.DumpableServer;
import dev.skein.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three services with rows of all kinds, where backups can be taken, as a user with no
 * more rights than the documentation asks for.
 */
abstract class BackupFixture extends IsolationFixture {

	@TempDir
	Path files;

	Path file;

	@Override
	TestDatabase freshDatabase() {
		return DumpableServer.freshDatabase();
	}

	@BeforeEach
	void migrateAndFill() {
		this.file = this.files.resolve("platform.dump");
		this.platform.migration("required", "V002__more.sql", """
				CREATE TABLE words (id int GENERATED ALWAYS AS IDENTITY, word extensions.citext NOT NULL, note text);
				INSERT INTO words (word, note) VALUES ('One', E'a\\nb\\t\\\\. c\\r'), ('Two', NULL), ('\\.', '');
				CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT n * 2; END;
				CREATE FUNCTION text_of() RETURNS text LANGUAGE plpgsql AS $$
				BEGIN
				    RETURN 'COPY x FROM stdin;
				\\restrict abc
				';
				END; $$;
				CREATE TABLE parts (id int) PARTITION BY RANGE (id);
				CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
				INSERT INTO parts VALUES (3);""")
			.service("required", "referenced_by: [intruder]", "tables: [t, words, parts]", "extensions: [citext]");
		CommandRun run = migrate();
		assertThat(run.code()).as(run.err() + run.out()).isZero();
		this.database.execute("INSERT INTO intruder.own VALUES (1)");
	}

	/**
	 * Up to date, as promised, and with nothing to do.
	 */
	final void assertIsWhole(TestDatabase target) {
		CommandRun status = run(target, "", "status", "--exit-code");
		assertThat(status.code()).as(status.out() + status.err()).isZero();
		assertThat(run(target, "", "verify").code()).isZero();
		CommandRun migrate = run(target, "", "migrate");
		assertThat(migrate.out()).contains(" is up to date: ");
	}

	/**
	 * Rows, owners and rights of everything that belongs to services.
	 */
	final List<String> contents(TestDatabase target) {
		String ours = " IN ('neighbour', 'required', 'intruder')";
		List<String> all = new ArrayList<>(target.query("""
				SELECT c.oid::regclass || ' ' || pg_get_userbyid(relowner) || ' ' || array(
				    SELECT grantee::regrole || privilege_type
				    FROM aclexplode(coalesce(relacl,
				        acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
				    WHERE privilege_type <> 'MAINTAIN' ORDER BY 1)::text
				FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
				WHERE relkind IN ('r', 'p', 'v', 'S') AND nspname""" + ours + " ORDER BY c.oid::regclass::text"));
		all.addAll(
				target.query("SELECT nspname || ' ' || pg_get_userbyid(nspowner) || array(SELECT unnest(nspacl)::text"
						+ " ORDER BY 1)::text || array(SELECT unnest(defaclacl)::text FROM pg_default_acl"
						+ " WHERE defaclnamespace = n.oid ORDER BY 1)::text FROM pg_namespace n WHERE nspname" + ours
						+ " ORDER BY 1"));
		all.addAll(target.query("SELECT oid::regprocedure || ' ' || pg_get_userbyid(proowner) FROM pg_proc"
				+ " WHERE pronamespace::regnamespace::text" + ours + " ORDER BY 1"));
		for (String table : target.query("SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
				+ " AND relnamespace::regnamespace::text" + ours + " ORDER BY oid::regclass::text")) {
			all.addAll(target.query("SELECT t::text FROM " + table + " t ORDER BY 1"));
		}
		all.addAll(target.query("SELECT last_value FROM required.words_id_seq"));
		return all;
	}

	final CommandRun run(String... arguments) {
		return run(this.caller, "", arguments);
	}

	final CommandRun run(TestDatabase target, String answers, String... arguments) {
		Map<String, String> environment = new HashMap<>(CommandRun.environment(target));
		environment.put("PATH", System.getenv("PATH"));
		environment.put("PGOPTIONS", "-c nonsense");
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--services", this.folder.toString(), "--no-builtin"));
		return CommandRun.skein(environment, answers, all.toArray(String[]::new));
	}

}
