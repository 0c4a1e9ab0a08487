package dev.skein.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

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
		String log = LogFile.asked(surroundings.environment(), arguments);
		if (log == null) {
			return execute(arguments, backend, surroundings);
		}
		try (LogFile file = LogFile.open(log)) {
			file.line("skein " + ((arguments.length > 0) ? arguments[0] : ""));
			int code = execute(arguments, backend, surroundings.copiedTo(file));
			file.line("exit code " + code);
			String failure = file.failure();
			if (failure != null) {
				surroundings.say("Warning: lines are missing in log file \"" + log + "\": " + failure);
			}
			return code;
		}
		catch (IOException | InvalidPathException ex) {
			new ErrorPrinter(surroundings, arguments).error("cannot write log file \"" + log + "\": " + reason(ex),
					"name a file in a folder that is there, and that this user may write to");
			return ExitCode.USAGE.number();
		}
	}

	private static String reason(Exception failure) {
		return (failure instanceof NoSuchFileException) ? "its folder does not exist"
				: (failure instanceof AccessDeniedException) ? "permission denied"
						: String.valueOf(failure.getMessage());
	}

	private static int execute(String[] arguments, Backend backend, Surroundings surroundings) {
		try (Interruption interruption = new Interruption()) {
			CommandLine commandLine = new SkeinCommand(backend, surroundings, interruption).commandLine(arguments);
			describe(commandLine);
			ErrorPrinter tell = new ErrorPrinter(surroundings, arguments);
			// Only help is printed there.
			commandLine.setOut(surroundings.out().ofConstants())
				.setErr(surroundings.err())
				.setCaseInsensitiveEnumValuesAllowed(true)
				.setParameterExceptionHandler((failure, args) -> wrongUsage(failure, tell))
				.setExecutionExceptionHandler((failure, command, result) -> failed(failure, tell));
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

	private static int wrongUsage(ParameterException failure, ErrorPrinter tell) {
		CommandLine command = failure.getCommandLine();
		String hint = "see " + command.getCommandSpec().qualifiedName() + " --help";
		tell.error(String.valueOf(failure.getMessage()), hint,
				(err) -> UnmatchedArgumentException.printSuggestions(failure, err));
		return ExitCode.USAGE.number();
	}

	private static int failed(Exception failure, ErrorPrinter tell) {
		String message = String.valueOf(failure.getMessage());
		if (failure instanceof InvalidPlanException) {
			tell.invalid(message);
			return ExitCode.USAGE.number();
		}
		if (failure instanceof UsageException usage) {
			tell.error(message, usage.hint());
			return ExitCode.USAGE.number();
		}
		if (failure instanceof RefusedScaffoldException refused) {
			tell.error(message, refused.hint());
			return ExitCode.USAGE.number();
		}
		if (failure instanceof CannotStartException start) {
			tell.error(message, start.hint());
			return ExitCode.CANNOT_START.number();
		}
		if (failure instanceof BackupFailedException backup) {
			tell.error(message, backup.hint());
			return ExitCode.FAILED.number();
		}
		if (failure instanceof DependentObjectsException) {
			tell.error(message, "drop them first, or add the tables to tables in the service's manifest");
			return ExitCode.FAILED.number();
		}
		String full = fullDisk(failure);
		if (full != null) {
			tell.error("no space is left on the disk: " + full, "make room there, then run the command again");
			return ExitCode.CANNOT_START.number();
		}
		tell.unexpected(failure);
		return ExitCode.FAILED.number();
	}

	/**
	 * What the operating system says where a file could not be written because its disk
	 * is full, or the user's share of it.
	 */
	private static @Nullable String fullDisk(Exception failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = String.valueOf(cause.getMessage());
			if (cause instanceof IOException
					&& (message.contains("No space left on device") || message.contains("Disk quota exceeded"))) {
				return message;
			}
		}
		return null;
	}

}
