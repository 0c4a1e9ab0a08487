package dev.skein.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command without a subcommand: shows what there is.
 */
final class SkeinCommand implements Runnable {

	/** In the order of the help. */
	private static final Map<String, Function<SkeinCommand, Subcommand>> COMMANDS = commands();

	private final Backend backend;

	private final Surroundings surroundings;

	private final Interruption interruption;

	private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("skein");

	SkeinCommand(Backend backend, Surroundings surroundings, Interruption interruption) {
		this.backend = backend;
		this.surroundings = surroundings;
		this.interruption = interruption;
	}

	private static Map<String, Function<SkeinCommand, Subcommand>> commands() {
		Map<String, Function<SkeinCommand, Subcommand>> commands = new LinkedHashMap<>();
		commands.put("migrate", MigrateCommand::new);
		commands.put("status", StatusCommand::new);
		commands.put("plan", PlanCommand::new);
		commands.put("validate", ValidateCommand::new);
		commands.put("verify", VerifyCommand::new);
		commands.put("describe", DescribeCommand::new);
		commands.put("drift", DriftCommand::new);
		commands.put("compare", CompareCommand::new);
		commands.put("wait", WaitCommand::new);
		commands.put("history", HistoryCommand::new);
		commands.put("rollback", RollbackCommand::new);
		commands.put("release", ReleaseCommand::new);
		commands.put("repair", RepairCommand::new);
		commands.put("baseline", BaselineCommand::new);
		commands.put("adopt", AdoptCommand::new);
		commands.put("reset", ResetCommand::new);
		commands.put("prune", PruneCommand::new);
		commands.put("retire", RetireCommand::new);
		commands.put("backup", BackupCommand::new);
		commands.put("restore", RestoreCommand::new);
		commands.put("isolation", IsolationCommand::new);
		commands.put("protect", ProtectCommand::new);
		commands.put("unprotect", UnprotectCommand::new);
		commands.put("new", NewCommand::new);
		commands.put("database", DatabaseCommand::new);
		commands.put("serve", ServeCommand::new);
		return commands;
	}

	/**
	 * The command line that some arguments need. To declare the options of all commands
	 * takes picocli longer than an ordinary start has; so where the first word is a
	 * command, there is no other, and nothing above it but a name.
	 */
	CommandLine commandLine(String... arguments) {
		Function<SkeinCommand, Subcommand> command = (arguments.length > 0) ? COMMANDS.get(arguments[0]) : null;
		if (command != null) {
			return new CommandLine(this.spec).addSubcommand(command.apply(this).commandLine());
		}
		this.spec.mixinStandardHelpOptions(true).version(SkeinVersion.text());
		this.spec.usageMessage()
			.description("Migrates a platform of services, one PostgreSQL schema each, as one.")
			.synopsisSubcommandLabel("COMMAND")
			.footer("", "Example: skein migrate --url jdbc:postgresql://localhost/app --user app",
					"Help on a command: skein COMMAND --help");
		CommandLine all = new CommandLine(this.spec);
		COMMANDS.values().forEach((each) -> all.addSubcommand(each.apply(this).commandLine()));
		return all;
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
		this.spec.commandLine().usage(this.surroundings.out().ofConstants());
	}

}
