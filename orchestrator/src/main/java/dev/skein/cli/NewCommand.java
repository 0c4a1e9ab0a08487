package dev.skein.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The scaffolds: a service or a migration, ready to be filled in.
 */
@Command(name = "new", description = "Creates the files of a new service or of a new migration. Needs no database.",
		synopsisSubcommandLabel = "COMMAND",
		footer = { "", "Example: skein new migration user-auth \"add user roles\"" },
		subcommands = { NewServiceCommand.class, NewMigrationCommand.class })
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
