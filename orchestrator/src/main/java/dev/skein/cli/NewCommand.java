package dev.skein.cli;

import picocli.CommandLine;

/**
 * The scaffolds: a service or a migration, ready to be filled in.
 */
final class NewCommand extends Subcommand {

	NewCommand(SkeinCommand skein) {
		super(skein, "new", "Creates the files of a new service or of a new migration. Needs no database.",
				"skein new migration user-auth \"add user roles\"");
		spec().usageMessage().synopsisSubcommandLabel("COMMAND");
	}

	@Override
	public void declare(Arguments arguments) {
	}

	@Override
	CommandLine commandLine() {
		return super.commandLine().addSubcommand(new NewServiceCommand(skein()).commandLine())
			.addSubcommand(new NewMigrationCommand(skein()).commandLine());
	}

	@Override
	ExitCode run() {
		spec().commandLine().usage(surroundings().err().ofConstants());
		return ExitCode.USAGE;
	}

}
