package dev.skein.cli;

import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * What every command has: the application around it, and an exit code.
 */
@Command(sortOptions = false)
abstract class Subcommand implements Callable<Integer>, CommandParent {

	/** Without the standard --version, which says nothing below skein itself. */
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help message and exit.")
	boolean help;

	@ParentCommand
	@Nullable CommandParent parent;

	/**
	 * Does the command's work.
	 * @return what the shell shall see
	 */
	abstract ExitCode run();

	@Override
	public final Integer call() {
		return run().number();
	}

	@Override
	public SkeinCommand skein() {
		return Objects.requireNonNull(this.parent).skein();
	}

	Surroundings surroundings() {
		return skein().surroundings();
	}

	Session open(DatabaseOptions options) {
		return Session.open(skein().backend(), surroundings(), options);
	}

}
