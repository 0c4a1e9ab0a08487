package dev.skein.cli;

import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What every command has: a name, the application around it, and an exit code.
 */
abstract class Subcommand implements Callable<Integer>, Options {

	private final SkeinCommand skein;

	private final CommandSpec spec;

	/**
	 * A command that takes nothing yet.
	 * @param description what it does
	 * @param examples command lines that do it
	 */
	Subcommand(SkeinCommand skein, String name, String description, String... examples) {
		this.skein = skein;
		this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
		this.spec.usageMessage()
			.sortOptions(false)
			.description(description)
			.footer(Stream.concat(Stream.of(""), Stream.of(examples).map("Example: "::concat)).toArray(String[]::new));
	}

	/**
	 * Does the command's work.
	 * @return what the shell shall see
	 */
	abstract ExitCode run();

	@Override
	public final Integer call() {
		return run().number();
	}

	/**
	 * The command with all that it takes.
	 */
	CommandLine commandLine() {
		Arguments arguments = new Arguments(this.spec);
		arguments.help();
		arguments.add(this);
		return new CommandLine(this.spec);
	}

	CommandSpec spec() {
		return this.spec;
	}

	SkeinCommand skein() {
		return this.skein;
	}

	Surroundings surroundings() {
		return this.skein.surroundings();
	}

	Session open(DatabaseOptions options) {
		return Session.open(this.skein.backend(), surroundings(), options);
	}

}
