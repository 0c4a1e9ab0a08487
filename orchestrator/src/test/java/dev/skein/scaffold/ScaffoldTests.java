package dev.skein.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import dev.skein.testing.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScaffoldTests {

	@TempDir
	Path folder;

	@Test
	void takesBackWhatItWroteWhereSomethingCannotBeWritten() throws IOException {
		Path pom = Files.writeString(this.folder.resolve("pom.xml"), "before");
		Path other = Files.writeString(this.folder.resolve("other.xml"), "edited meanwhile");
		Map<String, String> before = contents();
		Scaffold scaffold = new Scaffold(
				List.of(new NewFolder(this.folder.resolve("a/b/new"), Map.of("migrations/V1__a.sql", "SELECT 1;")),
						new NewFile(this.folder.resolve("file.sql"), "SELECT 1;"),
						new ChangedFile(pom, "before", "after"), new ChangedFile(other, "what was read", "after")));
		assertThatExceptionOfType(RefusedScaffoldException.class).isThrownBy(scaffold::write)
			.withMessage("cannot write \"" + other + "\": somebody changed it meanwhile")
			.returns("nothing was written; let this user write there, or choose another folder with --services DIR",
					RefusedScaffoldException::hint);
		assertThat(contents()).isEqualTo(before);
	}

	@Test
	void neverWritesOverAFile() throws IOException {
		Path file = Files.writeString(this.folder.resolve("V1__a.sql"), "mine");
		Scaffold scaffold = new Scaffold(
				List.of(new NewFile(this.folder.resolve("U1__a.sql"), "undo"), new NewFile(file, "theirs")));
		assertThatExceptionOfType(RefusedScaffoldException.class).isThrownBy(scaffold::write)
			.withMessage("\"" + file + "\" exists already");
		assertThat(contents()).isEqualTo(Map.of("", "folder", "V1__a.sql", "mine"));
	}

	@Test
	void neverReplacesAFolderEvenIfItIsEmpty() throws IOException {
		Path taken = Files.createDirectory(this.folder.resolve("taken"));
		Scaffold scaffold = new Scaffold(List.of(new NewFolder(taken, Map.of("service.yml", "service: taken"))));
		assertThatExceptionOfType(RefusedScaffoldException.class).isThrownBy(scaffold::write)
			.withMessage("\"" + taken + "\" exists already");
		assertThat(contents()).isEqualTo(Map.of("", "folder", "taken", "folder"));
	}

	@Test
	void keepsTheRightsOfAFileThatItChangesAndTheLinkToIt() throws IOException {
		Path real = Files.writeString(this.folder.resolve("real.xml"), "before");
		Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
		Path link = Files.createSymbolicLink(this.folder.resolve("pom.xml"), real);
		new Scaffold(List.of(new ChangedFile(link, "before", "after"))).write();
		assertThat(link).isSymbolicLink().hasContent("after");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real))).isEqualTo("rw-rw-r--");
	}

	private Map<String, String> contents() {
		return new Checkout(this.folder).contents();
	}

}
