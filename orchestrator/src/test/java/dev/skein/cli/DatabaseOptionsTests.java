package dev.skein.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.skein.migration.ConnectionSettings;
import dev.skein.migration.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DatabaseOptionsTests {

	private static final Map<String, String> EVERYTHING = Map.of("SPRING_DATASOURCE_URL",
			"jdbc:postgresql://spring:1/a", "SPRING_DATASOURCE_USERNAME", "su", "SPRING_DATASOURCE_PASSWORD", "sp",
			"DATABASE_URL", "postgres://du:dp@heroku:2/b", "PGHOST", "libpq", "PGPORT", "3", "PGDATABASE", "c",
			"PGUSER", "pu", "PGPASSWORD", "pp");

	private final DatabaseOptions options = new DatabaseOptions();

	@Test
	void takesTheUrlBeforeAnythingElse() {
		this.options.url = "postgresql://ann@db.example:6543/app?sslmode=verify-full";
		assertThat(given(EVERYTHING)).isEqualTo(new ConnectionSettings("db.example", 6543, "app", "ann",
				new Secret("pp"), Map.of("sslmode", "verify-full"), false));
	}

	@Test
	void takesSpringsVariablesNext() {
		assertThat(given(EVERYTHING))
			.isEqualTo(new ConnectionSettings("spring", 1, "a", "su", new Secret("sp"), Map.of(), false));
	}

	@Test
	void takesDatabaseUrlNext() {
		assertThat(given(without("SPRING_DATASOURCE_URL")))
			.isEqualTo(new ConnectionSettings("heroku", 2, "b", "du", new Secret("dp"), Map.of(), false));
	}

	@Test
	void takesLibpqsVariablesLast() {
		assertThat(given(Map.of("PGHOST", "libpq", "PGPORT", "3", "PGDATABASE", "c", "PGUSER", "pu", "PGPASSWORD", "pp",
				"PGSSLMODE", "require", "PGREQUIREAUTH", "md5", "PGCHANNELBINDING", "disable")))
			.isEqualTo(new ConnectionSettings("libpq", 3, "c", "pu", new Secret("pp"),
					Map.of("sslmode", "require", "requireAuth", "md5", "channelBinding", "disable"), false));
	}

	@Test
	void meansTheEmbeddedDatabaseWhereNothingIsGiven() {
		assertThat(this.options.given(Map.of("PGUSER", "somebody", "PGPASSWORD", "x"))).isEmpty();
	}

	@Test
	void letsTheUserOptionAndSkeinsPasswordWin() throws Exception {
		this.options.user = "eve";
		Map<String, String> environment = Map.of("DATABASE_URL", "postgres://du:dp@h/b", "SKEIN_PASSWORD", "ours");
		assertThat(given(environment).user()).isEqualTo("eve");
		assertThat(given(environment).password()).isEqualTo(new Secret("ours"));
	}

	@Test
	void readsAPasswordFromTheFirstLineOfAFile(@TempDir Path folder) throws Exception {
		this.options.passwordFile = Files.writeString(folder.resolve("secret"), "from file\nrest\n");
		assertThat(given(EVERYTHING).password()).isEqualTo(new Secret("from file"));
	}

	@Test
	void understandsWhatIsInUseElsewhere() {
		assertThat(url("postgres://u%40x:p%2Fa+b@h/db?schema=public&connection_limit=5&connect_timeout=3"))
			.isEqualTo(new ConnectionSettings("h", 5432, "db", "u@x", new Secret("p/a+b"),
					Map.of("connectTimeout", "3"), false));
		assertThat(url("postgres://u:p@ss:word@my_host:1/a b").toString()).isEqualTo("\"a b\" on my_host:1");
		assertThat(url("jdbc:postgresql://h/db?user=u&password=p"))
			.isEqualTo(new ConnectionSettings("h", 5432, "db", "u", new Secret("p"), Map.of(), false));
		assertThat(url("postgres://[::1]:7/db").toString()).isEqualTo("\"db\" on [::1]:7");
		assertThat(url("postgres:///db").host()).isEqualTo("localhost");
		assertThat(url("postgres://me@h").database()).isEqualTo("me");
	}

	@Test
	void readsSeveralServersFromAUrl() {
		ConnectionSettings expected = new ConnectionSettings("one", 1, "app", "ann", null, Map.of(), false,
				List.of(new ConnectionSettings.Server("::1", 2), new ConnectionSettings.Server("three", 5432)));
		assertThat(url("postgresql://ann@one:1,[::1]:2,three/app")).isEqualTo(expected);
		assertThat(url("jdbc:postgresql://one:1,[::1]:2,three/app?user=ann")).isEqualTo(expected);
		assertThat(expected).hasToString("\"app\" on one:1, [::1]:2, three:5432");
	}

	@Test
	void readsSeveralServersFromLibpqsVariables() {
		assertThat(given(
				Map.of("PGHOST", "one,two", "PGPORT", "1,2", "PGUSER", "u", "PGTARGETSESSIONATTRS", "prefer-standby")))
			.isEqualTo(new ConnectionSettings("one", 1, "u", "u", null, Map.of("targetServerType", "preferSecondary"),
					false, List.of(new ConnectionSettings.Server("two", 2))));
		assertThat(given(Map.of("PGHOST", "one,two", "PGPORT", "7", "PGUSER", "u")).others())
			.containsExactly(new ConnectionSettings.Server("two", 7));
		assertUsage(Map.of("PGHOST", "a,b,c", "PGPORT", "1,2"), "PGHOST has 3 hosts, but PGPORT 2 ports",
				"set PGPORT to one port for all, or to one for each host");
	}

	@ParameterizedTest
	@CsvSource({ "any, any", "read-write, primary", "primary, primary", "read-only, secondary", "standby, secondary",
			"prefer-standby, preferSecondary" })
	void asksForTheKindOfServerThatLibpqWouldChoose(String libpq, String driver) {
		assertThat(url("postgresql://localhost/db?target_session_attrs=" + libpq).options())
			.isEqualTo(Map.of("targetServerType", driver));
	}

	@Test
	void refusesAKindOfServerThatLibpqDoesNotKnow() {
		assertUsage(Map.of("DATABASE_URL", "postgresql://h/db?target_session_attrs=best"),
				"target_session_attrs is not \"best\"",
				"write any, read-write, primary, standby, read-only or prefer-standby");
	}

	@Test
	void refusesAPasswordAmongTheArguments() {
		this.options.url = "postgresql://ann:secret@h/app";
		assertUsage(Map.of(), "--url holds a password, which everybody on this machine can read",
				"take it out, and set SKEIN_PASSWORD or use --password-file");
	}

	@Test
	void refusesWhatIsNoPostgresUrlWithoutRepeatingIt() {
		assertUsage(Map.of("DATABASE_URL", "mysql://u:secret@h/db"), "DATABASE_URL is not a PostgreSQL URL",
				"write jdbc:postgresql://HOST:PORT/DATABASE or postgresql://USER@HOST:PORT/DATABASE");
	}

	@Test
	void refusesAPercentSignThatIsNoEscapeWithoutRepeatingTheUrl() {
		assertUsage(Map.of("DATABASE_URL", "postgres://app:pw%zz@h/db"), "DATABASE_URL has a % that is no escape",
				"write % as %25 and @ as %40 in user and password");
	}

	@Test
	void takesEmptyVariablesForUnset() {
		assertThat(this.options.given(
				Map.of("SPRING_DATASOURCE_URL", "", "DATABASE_URL", "", "PGHOST", "", "PGPORT", "", "PGDATABASE", "")))
			.isEmpty();
	}

	@Test
	void takesLibpqsPasswordForAUrlWithoutOne() {
		this.options.url = "postgresql://ann@h/app";
		assertThat(given(Map.of("PGPASSWORD", "pp")).password()).isEqualTo(new Secret("pp"));
		assertThat(given(Map.of("PGPASSWORD", "pp", "SKEIN_PASSWORD", "sp")).password()).isEqualTo(new Secret("sp"));
	}

	@Test
	void saysThatAPasswordFileDoesNotExist() {
		this.options.passwordFile = Path.of("no/such/file");
		assertUsage(EVERYTHING, "--password-file \"no/such/file\" does not exist",
				"check its path, or set SKEIN_PASSWORD");
	}

	@Test
	void takesAServiceOfLibpqsFileBeforeLibpqsVariables(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("services"), """
				# a comment
				[other]
				host=elsewhere

				[app]
				host=one,two
				port=1,2
				dbname=shop
				sslmode=verify-full
				target_session_attrs=any
				connect_timeout=3
				host=ignored
				[last]
				nonsense
				[odd]
				hostaddr=127.0.0.1
				""");
		Map<String, String> environment = Map.of("PGSERVICE", "app", "PGSERVICEFILE", file.toString(), "PGHOST", "no",
				"PGUSER", "ann", "PGPASSWORD", "p");
		assertThat(given(environment)).isEqualTo(new ConnectionSettings("one", 1, "shop", "ann", new Secret("p"),
				Map.of("sslmode", "verify-full", "targetServerType", "any"), false,
				List.of(new ConnectionSettings.Server("two", 2))));
		Path home = Files.createDirectory(folder.resolve("home"));
		Files.writeString(home.resolve(".pg_service.conf"), "[app]\nhost=mine\nuser=eve\n");
		assertThat(given(Map.of("PGSERVICE", "app", "HOME", home.toString())).toString())
			.isEqualTo("\"eve\" on mine:5432");
		Files.move(file, folder.resolve("pg_service.conf"));
		assertThat(given(Map.of("PGSERVICE", "other", "HOME", folder.toString(), "PGUSER", "u", "PGSYSCONFDIR",
				folder.toString()))
			.host()).isEqualTo("elsewhere");
	}

	@Test
	void refusesAServiceThatIsNotThereOrSaysWhatIsNotFollowed(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("services"), "[last]\nnonsense\n[odd]\nhostaddr=127.0.0.1\n");
		assertUsage(Map.of("PGSERVICE", "none", "PGSERVICEFILE", file.toString()),
				"service \"none\" of PGSERVICE is in no connection service file: " + file,
				"add a group [none] there, or name another file with PGSERVICEFILE");
		assertUsage(Map.of("PGSERVICE", "last", "PGSERVICEFILE", file.toString()), "no setting in " + file + ", line 2",
				"write it as key=value, without blanks around =");
		assertUsage(Map.of("PGSERVICE", "odd", "PGSERVICEFILE", file.toString()),
				"\"hostaddr\" in " + file + ", line 4 is not followed by Skein",
				"give the database with --url, where the JDBC driver's options may be written; a service may say"
						+ " channel_binding, dbname, host, password, port, require_auth, sslcert, sslkey, sslmode, sslrootcert, target_session_attrs, user");
		assertUsage(Map.of("DATABASE_URL", "postgresql://h/app?service=app"),
				"DATABASE_URL names a service, but leaves no place for what that says",
				"give the service alone: PGSERVICE=app");
	}

	@Test
	void refusesASocketFolder() {
		assertUsage(Map.of("PGHOST", "/var/run/postgresql"),
				"PGHOST is a socket folder, but Skein connects by TCP only",
				"set PGHOST to a host name such as localhost");
	}

	@Test
	void refusesAPortThatIsNone() {
		assertUsage(Map.of("PGPORT", "many"), "PGPORT is not a port: \"many\"", "set it to a number such as 5432");
	}

	@Test
	void refusesAUserForTheEmbeddedDatabase() {
		this.options.user = "eve";
		assertUsage(Map.of(), "--user is given, but no database", "add --url; the embedded database has its own user");
	}

	@Test
	void neverPrintsAPassword() {
		assertThat(new Secret("hush")).hasToString("***");
		assertThat(given(EVERYTHING).toString()).isEqualTo("\"a\" on spring:1");
	}

	private ConnectionSettings given(Map<String, String> environment) {
		return this.options.given(environment).orElseThrow();
	}

	private static ConnectionSettings url(String url) {
		return DatabaseUrl.parse(url, "url");
	}

	private static Map<String, String> without(String name) {
		Map<String, String> rest = new java.util.HashMap<>(EVERYTHING);
		rest.remove(name);
		return rest;
	}

	private void assertUsage(Map<String, String> environment, String message, String hint) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> this.options.given(environment))
			.withMessage(message)
			.satisfies((failure) -> assertThat(failure.hint()).isEqualTo(hint));
	}

}
