package dev.skein.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What a service's folder may hold: files of its own.
 */
class FileBoundaryTests {

	@TempDir
	Path folder;

	PlatformFolder platform;

	@BeforeEach
	void drawAService() {
		this.platform = new PlatformFolder(this.folder).service("zoo", "tables: [t]")
			.migration("zoo", "V1__t.sql", "CREATE TABLE t ();");
	}

	@Test
	void takesLinksThatStayInTheFolder() throws IOException {
		this.platform.file("zoo/sql/t.sql", "CREATE TABLE x ();");
		Files.createSymbolicLink(this.folder.resolve("zoo/migrations/V2__x.sql"), Path.of("../sql/t.sql"));
		assertThat(problems()).isEmpty();
		assertThat(this.platform.catalog().services().iterator().next().versioned()).hasSize(2);
	}

	/** To open the pipe would take for ever. */
	@Test
	void refusesWhatLeadsOutOfTheFolderOrIsNoFileWithoutOpeningIt() throws Exception {
		this.platform.file("secret", "not for services").service("far").file("elsewhere/V1__x.sql", "SELECT 1;");
		Files.createSymbolicLink(this.folder.resolve("zoo/migrations/V2__secret.sql"), this.folder.resolve("secret"));
		Files.createSymbolicLink(this.folder.resolve("zoo/migrations/V3__gone.sql"), Path.of("gone"));
		Files.createSymbolicLink(this.folder.resolve("zoo/migrations/V4__device.sql"), Path.of("/dev/zero"));
		Files.createSymbolicLink(this.folder.resolve("far/migrations"), this.folder.resolve("elsewhere"));
		Files.createDirectories(this.folder.resolve("pipe"));
		for (String pipe : new String[] { "zoo/migrations/V5__pipe.sql", "pipe/service.yml" }) {
			assertThat(new ProcessBuilder("mkfifo", this.folder.resolve(pipe).toString()).start().waitFor()).isZero();
		}
		Files.createSymbolicLink(this.folder.resolve("zoo/migrations/V6__own_pipe.sql"), Path.of("V5__pipe.sql"));
		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), this::problems)).isEqualTo("""
				"migrations" is a link to "elsewhere", which is not in the folder of its service
				  at far/migrations
				  put the file itself there

				"service.yml" is neither a file nor a folder, but a pipe, a socket or a device
				  at pipe/service.yml
				  delete it

				"V2__secret.sql" is a link to "secret", which is not in the folder of its service
				  at zoo/migrations/V2__secret.sql
				  put the file itself there

				"V3__gone.sql" is a link to nothing
				  at zoo/migrations/V3__gone.sql
				  put the file itself there, or delete the link

				"V4__device.sql" is a link to "/dev/zero", which is not in the folder of its service
				  at zoo/migrations/V4__device.sql
				  put the file itself there

				"V5__pipe.sql" is neither a file nor a folder, but a pipe, a socket or a device
				  at zoo/migrations/V5__pipe.sql
				  delete it

				"V6__own_pipe.sql" is neither a file nor a folder, but a pipe, a socket or a device
				  at zoo/migrations/V6__own_pipe.sql
				  delete it""");
	}

	@Test
	void refusesNamesThatATerminalWouldObey() {
		this.platform.migration("zoo", "V2__a\u001B[2J.sql", "SELECT 1;")
			.seed("zoo", "dev", "b\u202E.sql", "SELECT 1;")
			.manifest("odd", "service: \"o\\ed\"\n")
			.manifest("bad", "service: bad\nschema: \"b\\n\\u202E\"\ntables: [\"t\\e\"]\n");
		assertThat(problems()).contains(
				"schema name \"b\n\u202E\" has a control character or a mark that changes the"
						+ " direction of writing",
				"service name \"o\u001Bd\" is not legal", "a name has 1 to 63 bytes, and no control characters",
				"the name \"V2__a\u001B[2J.sql\" has a control character",
				"the name \"b\u202E.sql\" has a control character");
	}

	@Test
	void refusesProgramsThatDoNotLieInTheFolderOfTheirService() throws IOException {
		this.platform.manifest("up", "service: up\nrun: [../tool.sh]\nstatus: [/bin/true]\n")
			.manifest("link", "service: link\nrun: [bin/tool.sh]\n")
			.manifest("own", "service: own\nrun: [./bin/tool.sh]\nstatus: [sh]\n")
			.file("own/bin/tool.sh", "")
			.file("tool.sh", "");
		Files.createDirectories(this.folder.resolve("link/bin"));
		Files.createSymbolicLink(this.folder.resolve("link/bin/tool.sh"), this.folder.resolve("tool.sh"));
		assertThat(problems()).isEqualTo("""
				program "bin/tool.sh" does not lie below the folder of its service
				  at link/service.yml:2
				  put it there, or write its name without a path and put its folder on the PATH

				program "../tool.sh" does not lie below the folder of its service
				  at up/service.yml:2
				  put it there, or write its name without a path and put its folder on the PATH

				program "/bin/true" does not lie below the folder of its service
				  at up/service.yml:3
				  put it there, or write its name without a path and put its folder on the PATH""");
	}

	private String problems() {
		StringBuilder all = new StringBuilder();
		this.platform.catalog()
			.problems()
			.forEach((problem) -> all.append(all.isEmpty() ? "" : "\n\n").append(problem.describe()));
		return this.platform.relative(all.toString());
	}

}
