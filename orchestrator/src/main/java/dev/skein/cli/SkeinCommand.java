package dev.skein.cli;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * The command without a subcommand: shows what there is.
 */
@Command(name = "skein", mixinStandardHelpOptions = true, versionProvider = SkeinVersion.class,
		description = "Migrates a platform of services, one PostgreSQL schema each, as one.",
		synopsisSubcommandLabel = "COMMAND",
		footer = { "", "Example: skein migrate --url jdbc:postgresql://localhost/app --user app",
				"Help on a command: skein COMMAND --help" },
		subcommands = { MigrateCommand.class, StatusCommand.class, PlanCommand.class, ValidateCommand.class,
				VerifyCommand.class, DriftCommand.class, CompareCommand.class, WaitCommand.class, HistoryCommand.class,
				RollbackCommand.class, ReleaseCommand.class, RepairCommand.class, BaselineCommand.class,
				ResetCommand.class, PruneCommand.class, BackupCommand.class, RestoreCommand.class,
				IsolationCommand.class, ProtectCommand.class, UnprotectCommand.class, NewCommand.class,
				DatabaseCommand.class, ServeCommand.class })
final class SkeinCommand implements Runnable, CommandParent {

	private final Backend backend;

	private final Surroundings surroundings;

	private final Interruption interruption;

	@Spec
	@Nullable CommandSpec spec;

	SkeinCommand(Backend backend, Surroundings surroundings, Interruption interruption) {
		this.backend = backend;
		this.surroundings = surroundings;
		this.interruption = interruption;
	}

	@Override
	public SkeinCommand skein() {
		return this;
	}

	Backend backend() {
		return this.backend;
	}

	Surroundings surroundings() {
		return this.surroundings;
	}

	Interruption interruption() {
		return this.interruption;
	}

	@Override
	public void run() {
		if (this.spec != null) {
			this.spec.commandLine().usage(this.surroundings.out());
		}
	}

}
