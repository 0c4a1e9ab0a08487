package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL's programs run, which refuse to run as root. For root that is
 * another user of the machine. Where that user cannot reach the folder, it is root itself
 * in a user namespace, without root's capabilities.
 *
 * @param command what a program's command line begins with
 * @param account the other user; {@code null} where it is the user of this process
 */
record ProgramUser(List<String> command, @Nullable Account account) {

	private static final ProgramUser SELF = new ProgramUser(List.of(), null);

	private static final ProgramUser ROOT_IN_NAMESPACE = new ProgramUser(List.of("unshare", "-U"), null);

	private static final List<String> NAMES = List.of("postgres", "nobody");

	/**
	 * A user of the machine.
	 *
	 * @param uid the user's number
	 * @param gid the number of its group
	 */
	record Account(int uid, int gid) {
	}

	static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	/**
	 * The user to whom a data folder belongs, as whom its server runs.
	 */
	static ProgramUser ownerOf(Path data) throws IOException {
		if (!isRoot()) {
			return SELF;
		}
		int uid = (Integer) Files.getAttribute(data, "unix:uid");
		return (uid == 0) ? ROOT_IN_NAMESPACE : other(new Account(uid, (Integer) Files.getAttribute(data, "unix:gid")));
	}

	/**
	 * The user for a server that is yet to be started.
	 * @param home the folder of programs and data, which that user is let into
	 * @param program a program that the user must be able to run
	 */
	static ProgramUser choose(Path home, Path program) throws IOException {
		if (!isRoot()) {
			return SELF;
		}
		Optional<Account> account = NAMES.stream().flatMap((name) -> account(name).stream()).findFirst();
		if (account.isEmpty()) {
			return ROOT_IN_NAMESPACE;
		}
		OwnFolder.letThrough(home, account.get().gid());
		ProgramUser user = other(account.get());
		return user.canReach(home, program) ? user : ROOT_IN_NAMESPACE;
	}

	/**
	 * Gives a file, or a folder with all that is in it, to this user.
	 */
	void own(Path path) throws IOException {
		Account owner = this.account;
		if (owner == null) {
			return;
		}
		try (Stream<Path> contents = Files.walk(path)) {
			for (Path one : contents.toList()) {
				Files.setAttribute(one, "unix:uid", owner.uid(), LinkOption.NOFOLLOW_LINKS);
				Files.setAttribute(one, "unix:gid", owner.gid(), LinkOption.NOFOLLOW_LINKS);
			}
		}
	}

	/**
	 * Programs that are installed may lie elsewhere than the data.
	 */
	private boolean canReach(Path home, Path program) {
		try {
			return new ServerProgram(Path.of("test"), this).exitCode("-x", program.toString(), "-a", "-x",
					home.toString()) == 0;
		}
		catch (IOException ex) {
			// There is no setpriv(1).
			return false;
		}
	}

	private static ProgramUser other(Account account) {
		return new ProgramUser(List.of("setpriv", "--reuid=" + account.uid(), "--regid=" + account.gid(),
				"--clear-groups", "--no-new-privs", "--"), account);
	}

	private static Optional<Account> account(String name) {
		try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
			return lines.map((line) -> List.of(line.split(":", -1)))
				.filter((fields) -> fields.size() >= 4 && fields.get(0).equals(name))
				.map((fields) -> new Account(Integer.parseInt(fields.get(2)), Integer.parseInt(fields.get(3))))
				.findFirst();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
