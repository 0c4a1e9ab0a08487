package dev.skein.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The scaffolds: a service, ready to be filled in.
 */
@Command(name = "new", description = "Creates the files of a new service. Needs no database.",
		synopsisSubcommandLabel = "COMMAND", footer = { "", "Example: skein new service billing" },
		subcommands = { NewServiceCommand.class })
final class NewCommand extends Subcommand {

	@Spec
	@Nullable CommandSpec spec;

	@Override
	ExitCode run() {
		if (this.spec != null) {
			this.spec.commandLine().usage(surroundings().err());
		}
		return ExitCode.USAGE;
	}

}
