package dev.skein.cli;

import dev.skein.migration.BackupFailedException;
import dev.skein.migration.CannotStartException;
import dev.skein.migration.DependentObjectsException;
import dev.skein.plan.InvalidPlanException;
import dev.skein.scaffold.RefusedScaffoldException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line and answers with an exit code.
 */
public final class CommandLineFace {

	private CommandLineFace() {
	}

	/**
	 * Runs one command.
	 * @param arguments the arguments
	 * @param backend the rest of the application
	 * @param surroundings where to print and what to read
	 * @return the exit code
	 */
	public static int run(String[] arguments, Backend backend, Surroundings surroundings) {
		if (SkeinVersion.isAsked(arguments)) {
			surroundings.print(SkeinVersion.text());
			return ExitCode.DONE.number();
		}
		try (Interruption interruption = new Interruption()) {
			CommandLine commandLine = new SkeinCommand(backend, surroundings, interruption).commandLine(arguments);
			describe(commandLine);
			commandLine.setOut(surroundings.out())
				.setErr(surroundings.err())
				.setCaseInsensitiveEnumValuesAllowed(true)
				.setParameterExceptionHandler((failure, args) -> wrongUsage(failure, surroundings))
				.setExecutionExceptionHandler((failure, command, result) -> failed(failure, surroundings));
			int code = commandLine.execute(arguments);
			surroundings.out().flush();
			surroundings.err().flush();
			return code;
		}
	}

	private static void describe(CommandLine commandLine) {
		commandLine.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
		commandLine.getCommandSpec().usageMessage().exitCodeList(ExitCode.forHelp());
		for (CommandLine subcommand : commandLine.getSubcommands().values()) {
			describe(subcommand);
		}
	}

	private static int wrongUsage(ParameterException failure, Surroundings surroundings) {
		CommandLine command = failure.getCommandLine();
		tell(surroundings, String.valueOf(failure.getMessage()), null);
		UnmatchedArgumentException.printSuggestions(failure, surroundings.err());
		surroundings.say("  see " + command.getCommandSpec().qualifiedName() + " --help");
		return ExitCode.USAGE.number();
	}

	private static int failed(Exception failure, Surroundings surroundings) {
		if (failure instanceof InvalidPlanException invalid) {
			surroundings.say(invalid.getMessage() + "\n\nNothing was touched.");
			return ExitCode.USAGE.number();
		}
		if (failure instanceof UsageException usage) {
			tell(surroundings, String.valueOf(usage.getMessage()), usage.hint());
			return ExitCode.USAGE.number();
		}
		if (failure instanceof RefusedScaffoldException refused) {
			tell(surroundings, String.valueOf(refused.getMessage()), refused.hint());
			return ExitCode.USAGE.number();
		}
		if (failure instanceof CannotStartException start) {
			tell(surroundings, String.valueOf(start.getMessage()), start.hint());
			return ExitCode.CANNOT_START.number();
		}
		if (failure instanceof BackupFailedException backup) {
			tell(surroundings, String.valueOf(backup.getMessage()), backup.hint());
			return ExitCode.FAILED.number();
		}
		if (failure instanceof DependentObjectsException dependents) {
			tell(surroundings, String.valueOf(dependents.getMessage()),
					"drop them first, or add the tables to tables in the service's manifest");
			return ExitCode.FAILED.number();
		}
		tell(surroundings, "unexpected: " + failure, "this is a fault of Skein's, report it with these lines");
		failure.printStackTrace(surroundings.err());
		return ExitCode.FAILED.number();
	}

	private static void tell(Surroundings surroundings, String message, @Nullable String hint) {
		surroundings.say("Error: " + message);
		if (hint != null) {
			surroundings.say("  " + hint);
		}
	}

}
