package dev.skein.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command without a subcommand: shows what there is.
 */
@Command(name = SkeinCommand.NAME, mixinStandardHelpOptions = true, versionProvider = SkeinVersion.class,
		description = "Migrates a platform of services, one PostgreSQL schema each, as one.",
		synopsisSubcommandLabel = "COMMAND",
		footer = { "", "Example: skein migrate --url jdbc:postgresql://localhost/app --user app",
				"Help on a command: skein COMMAND --help" })
final class SkeinCommand implements Runnable, CommandParent {

	static final String NAME = "skein";

	/** In the order of the help. */
	private static final List<Class<? extends Subcommand>> COMMANDS = List.of(MigrateCommand.class, StatusCommand.class,
			PlanCommand.class, ValidateCommand.class, VerifyCommand.class, DriftCommand.class, CompareCommand.class,
			WaitCommand.class, HistoryCommand.class, RollbackCommand.class, ReleaseCommand.class, RepairCommand.class,
			BaselineCommand.class, ResetCommand.class, PruneCommand.class, BackupCommand.class, RestoreCommand.class,
			IsolationCommand.class, ProtectCommand.class, UnprotectCommand.class, NewCommand.class,
			DatabaseCommand.class, ServeCommand.class);

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

	/**
	 * The command line that some arguments need. picocli takes longer to read the options
	 * of all commands than an ordinary start has; so where the first word is a command,
	 * it is read alone, with nothing above it but a name.
	 */
	CommandLine commandLine(String... arguments) {
		String word = (arguments.length > 0) ? arguments[0] : "";
		for (Class<? extends Subcommand> command : COMMANDS) {
			// Each class is named after its command.
			if (command.getSimpleName().equalsIgnoreCase(word + "Command")) {
				return new CommandLine(CommandSpec.wrapWithoutInspection(this).name(NAME)).addSubcommand(command);
			}
		}
		CommandLine all = new CommandLine(this);
		COMMANDS.forEach(all::addSubcommand);
		return all;
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
