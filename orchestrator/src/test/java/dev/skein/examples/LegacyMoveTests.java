package dev.skein.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.testing.CommandRun;
import dev.skein.testing.Example;
import dev.skein.testing.PlatformFolder;
import dev.skein.testing.TestDatabase;
import dev.skein.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The users of devmentor move from {@code public} to the service that owns them.
 */
class LegacyMoveTests {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final String CHECK = "SELECT finding || ': ' || users FROM auth.check_legacy_users()"
			+ " WHERE has_to_be_0 AND users > 0";

	private final TestDatabase database = TestServer.freshDatabase();

	@TempDir
	Path folder;

	@TempDir
	Path output;

	PlatformFolder platform;

	@BeforeEach
	void copy() {
		this.platform = Example.copy("devmentor", this.folder);
	}

	@Test
	void givesEveryUserAnIdAndAnAddressThatNobodyElseHas() {
		move(1000);
		assertThat(this.database.table("SELECT * FROM auth.check_legacy_users()")).isEqualTo("""
				in the old table|1000|f
				moved, and here|1000|f
				set aside for their e-mail|3|f
				moved, and deleted here since|0|f
				not moved yet|0|t
				changed in the old table since|0|t
				deleted from the old table since|0|t
				tables that refer to the old one|0|t
				""");
		assertThat(this.database.table("""
				SELECT legacy_id, username, full_name, email, role, is_active, password_hash = '!', set_aside
				FROM auth.users u JOIN auth.legacy_user_ids ON user_id = u.id
				WHERE legacy_id < 9 OR legacy_id = 20 ORDER BY 1""")).isEqualTo("""
				1|user|Dev Number1|legacy-1@devmentor.invalid|user|t|f|e-mail missing
				2|not.an.address|Dev Number2|legacy-2@devmentor.invalid|admin|t|f|e-mail malformed
				3|dev4|Dr. Dev Number3|DEV4@EXAMPLE.COM|super_admin|t|f|null
				4|dev4-4|Dev Number4|legacy-4@devmentor.invalid|user|t|f|e-mail taken
				5|dev4-5|Dev Number5|dev4@other.example|user|t|f|null
				6|dev6|Dr. Dev Number6|dev6@example.com|user|t|f|null
				7|dev7|Dev Number7|dev7@example.com|user|t|t|null
				8|dev8|dev8|dev8@example.com|admin|t|f|null
				20|dev20|Dev Number20|dev20@example.com|admin|f|f|null
				""");
		assertThat(this.database.query("SELECT count(*) FROM auth.users WHERE locked_until = 'infinity'"))
			.containsExactly("3");
	}

	@Test
	void saysWhatItMayNotReadAndHowToLetIt() {
		createOldTable(10);
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).isOne();
		assertThat(run.out()).contains("""
				  message   skein_auth may not read public.users
				            HINT: as its owner: GRANT SELECT ON public.users TO skein_auth
				""");
		assertThat(this.database.query("SELECT count(*) FROM public.users")).containsExactly("10");
		grant();
		skein("migrate");
		assertThat(this.database.query("SELECT count(*) FROM auth.users")).containsExactly("10");
	}

	@Test
	void copiesOnlyWhatIsNewOrChangedWhenItRunsAgain() {
		move(1000);
		this.database.execute("CREATE TABLE before AS SELECT id, xmin::text AS written FROM auth.users");
		this.database.execute("INSERT INTO public.users (email, first_name) VALUES ('New@example.com', 'New');"
				+ " UPDATE public.users SET first_name = 'Other' WHERE id = 10;"
				+ " UPDATE public.users SET email = 'one@example.com' WHERE id = 1");
		assertThat(this.database.query(CHECK)).containsExactly("not moved yet: 1", "changed in the old table since: 2");
		this.database.execute("CALL auth.move_legacy_users()");
		assertThat(this.database.query(CHECK)).isEmpty();
		assertThat(this.database.query("SELECT full_name FROM auth.users WHERE email = 'New@example.com'"))
			.containsExactly("New");
		assertThat(this.database
			.query("SELECT full_name || ' ' || (locked_until IS NULL) FROM auth.users u JOIN auth.legacy_user_ids"
					+ " ON user_id = u.id WHERE legacy_id IN (1, 10) ORDER BY legacy_id"))
			.containsExactly("Dev Number1 true", "Other Number10 true");
		assertThat(this.database
			.query("SELECT count(*) FROM auth.users u JOIN before b USING (id) WHERE u.xmin::text = b.written"))
			.as("the others but for two who are still set aside are not touched")
			.containsExactly("996");
	}

	@Test
	void bringsNobodyBackWhoWasDeletedSince() {
		move(10);
		this.database.execute("DELETE FROM auth.users WHERE email = 'dev6@example.com'");
		this.database.execute("CALL auth.move_legacy_users()");
		assertThat(this.database.query("SELECT count(*) FROM auth.users")).containsExactly("9");
		assertThat(this.database.query(CHECK)).isEmpty();
	}

	@Test
	void letsTheOldTableGoOnlyWhenEveryoneIsAccountedFor() {
		move(1000);
		this.database.execute("INSERT INTO public.users (email) VALUES ('late@example.com');"
				+ " DELETE FROM public.users WHERE id = 30;"
				+ " CREATE TABLE public.badges (user_id int REFERENCES public.users)");
		Example.release(this.platform, "auth/migrations");
		this.database.execute("ALTER TABLE public.users OWNER TO skein_auth");
		CommandRun run = CommandRun.on(this.database, this.platform, "migrate");
		assertThat(run.code()).isOne();
		assertThat(run.out())
			.contains("  message   public.users may not go yet: not moved yet: 1, deleted from the old table since: 1,"
					+ " tables that refer to the old one: 1\n");
		assertThat(this.database.query("SELECT count(*) FROM public.users")).containsExactly("1000");

		this.database.execute("DROP TABLE public.badges; DELETE FROM auth.users WHERE email = 'dev30@example.com'");
		this.database.execute("CALL auth.move_legacy_users()");
		this.database.execute("CREATE TABLE past AS TABLE public.users");
		assertThat(skein("migrate").out()).contains("Applied 1 migration in ");
		assertThat(this.database.query("SELECT to_regclass('public.users')")).containsExactly("null");

		this.database.execute("GRANT CREATE ON SCHEMA public TO skein_auth;"
				+ " INSERT INTO auth.users (email, username, full_name, password_hash) VALUES ('fresh@example.com', 'fresh', 'Fresh', '!')");
		skein("rollback", "--to", "auth@005", "--confirm", this.database.settings().database());
		assertThat(this.database.query("SELECT id || ' ' || email FROM public.users WHERE id > 1001"))
			.containsExactly("1002 fresh@example.com");
		assertThat(this.database.query("SELECT nextval('public.users_id_seq')")).containsExactly("1003");
		assertThat(this.database.query("SELECT count(*) FROM past p JOIN public.users u USING (id)"
				+ " WHERE u.email IS NOT DISTINCT FROM p.email AND u.is_active = p.is_active"
				+ " AND u.created_at IS NOT DISTINCT FROM p.created_at"))
			.containsExactly("1000");
		assertThat(this.database.query(CHECK)).isEmpty();
		skein("migrate");
		assertThat(this.database.query("SELECT to_regclass('public.users')")).containsExactly("null");
	}

	@Test
	void leavesTheOldTableAsItWasOnTheWayBack() {
		move(1000);
		skein("rollback", "--to", "auth@002", "--confirm", this.database.settings().database());
		assertThat(this.database.query("SELECT count(*) FROM auth.users")).containsExactly("0");
		assertThat(this.database.query("SELECT count(*) FROM public.users")).containsExactly("1000");
		assertThat(this.database.query("SELECT to_regclass('projects.projects')")).containsExactly("projects.projects");
		skein("migrate");
		assertThat(this.database.query("SELECT count(*) FROM auth.users")).containsExactly("1000");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void losesAndDoublesNobodyWhenItIsKilledInTheMiddle(boolean serverToo) throws Exception {
		prepare(100_000);
		Process process = migrate();
		await().atMost(PATIENCE).until(() -> moved() > 0);
		try (Connection other = this.database.connect(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE");
			process.destroyForcibly().waitFor();
			assertThat(moved()).isPositive().isLessThan(100_000);
			if (serverToo) {
				statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
						+ " WHERE datname = current_database() AND pid <> pg_backend_pid()");
			}
			other.rollback();
		}
		skein("migrate", "--lock-wait", "180s");
		assertThat(this.database.query(CHECK)).isEmpty();
		assertThat(this.database.table(
				"SELECT count(*), count(DISTINCT legacy_id), count(DISTINCT user_id)" + " FROM auth.legacy_user_ids"))
			.isEqualTo("100000|100000|100000\n");
		assertThat(this.database.query("SELECT count(*) FROM auth.users")).containsExactly("100000");
	}

	@Test
	void takesRowsThatAreWrittenWhileItGoesOn() throws Exception {
		prepare(20_000);
		Process process = migrate();
		try (Connection service = this.database.connect(); Statement statement = service.createStatement()) {
			for (int i = 0; process.isAlive(); i++) {
				statement.execute("INSERT INTO public.users (email) VALUES ('late" + i + "@example.com');"
						+ " UPDATE public.users SET is_active = NOT is_active WHERE id = " + (i * 10 % 20_000 + 11));
			}
		}
		assertThat(process.waitFor()).isZero();
		this.database.execute("CALL auth.move_legacy_users()");
		assertThat(this.database.query(CHECK)).isEmpty();
		assertThat(this.database.query("SELECT count(*) - (SELECT count(*) FROM public.users) FROM auth.users"))
			.containsExactly("0");
	}

	@Test
	void leavesWhoeverComesMeanwhileToTheNextCall() throws SQLException {
		move(10);
		this.database.execute("""
				INSERT INTO public.users (email) SELECT 'more' || n || '@example.com' FROM generate_series(1, 3) n;
				CREATE FUNCTION public.come() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
				    INSERT INTO public.users (email) VALUES ('after.' || NEW.email);
				    RETURN NULL;
				END;
				$$;
				CREATE TRIGGER come AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.come();""");
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			statement.execute("SET statement_timeout = '20s'");
			statement.execute("CALL auth.move_legacy_users(1)");
		}
		assertThat(this.database.query(CHECK)).containsExactly("not moved yet: 3");
	}

	@Test
	void needsNoMoreMemoryForMoreUsers() throws Exception {
		prepare(1_000);
		Peak small = peak();
		skein("rollback", "--to", "auth@004", "--confirm", this.database.settings().database());
		this.database.execute("DROP TABLE public.users");
		prepare(100_000);
		Peak large = peak();
		assertThat(moved()).isEqualTo(100_000);
		System.out.printf("Move of 1,000 users: %s; of 100,000: %s%n", small, large);
		assertThat(large.client()).isLessThan(small.client() + 24_000);
		assertThat(large.server()).isPositive().isLessThan(48_000);
	}

	private Peak peak() throws Exception {
		Process process = migrate();
		long client = 0;
		long server = 0;
		while (process.isAlive()) {
			client = Math.max(client, kilobytes(process.pid(), "VmHWM"));
			for (String pid : this.database.query("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
					+ " AND query LIKE '%CALL move_legacy_users%' AND pid <> pg_backend_pid()")) {
				server = Math.max(server, kilobytes(Long.parseLong(pid), "RssAnon"));
			}
		}
		assertThat(process.waitFor()).isZero();
		return new Peak(client, server);
	}

	private static long kilobytes(long pid, String key) {
		try {
			Matcher value = Pattern.compile(key + ":\\s+(\\d+) kB")
				.matcher(Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
			return value.find() ? Long.parseLong(value.group(1)) : 0;
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private void move(int rows) {
		prepare(rows);
		skein("migrate");
	}

	private void prepare(int rows) {
		createOldTable(rows);
		skein("migrate", "--target", "auth@004");
		grant();
	}

	private void createOldTable(int rows) {
		try {
			this.database.execute(Files.readString(this.folder.resolve("legacy/public_users.sql")));
			this.database.execute(Files.readString(this.folder.resolve("legacy/sample_users.sql"))
				.replace("generate_series(1, 100000)", "generate_series(1, " + rows + ")"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void grant() {
		this.database.execute("GRANT SELECT ON public.users TO skein_auth");
	}

	private int moved() {
		return Integer.parseInt(this.database.query("SELECT count(*) FROM auth.legacy_user_ids").get(0));
	}

	private Process migrate() throws IOException {
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx64m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				"dev.skein.Skein", "migrate", "--services", this.folder.toString(), "--no-builtin");
		builder.environment().put("SPRING_DATASOURCE_URL", this.database.url());
		builder.environment().put("SPRING_DATASOURCE_USERNAME", "postgres");
		return builder.redirectErrorStream(true).redirectOutput(this.output.resolve("out").toFile()).start();
	}

	private CommandRun skein(String... arguments) {
		return CommandRun.on(this.database, this.platform, arguments).succeeded();
	}

	/**
	 * The most memory that was in use, in kilobytes.
	 *
	 * @param client of Skein, all of its process
	 * @param server of the session that moved, without what the server's processes share
	 */
	private record Peak(long client, long server) {

		@Override
		public String toString() {
			return this.client / 1024 + " MB in Skein, " + this.server / 1024 + " MB in PostgreSQL";
		}

	}

}
