package dev.skein.program;

import java.time.Duration;
import java.util.List;

import dev.skein.catalog.ForeignTool;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.FailureCause;
import dev.skein.migration.HintText;
import dev.skein.migration.MigrationError;
import org.jspecify.annotations.Nullable;

/**
 * Words why a tool did not migrate its service, with the end of what it printed.
 */
final class ToolFailure {

	private static final String AGAIN = "what it did before stays, and the next run starts it again";

	private final ServiceDefinition service;

	private final ForeignTool tool;

	ToolFailure(ServiceDefinition service, ForeignTool tool) {
		this.service = service;
		this.tool = tool;
	}

	MigrationError noProgram(String key, String program) {
		boolean path = program.contains("/");
		String where = path ? " in the folder of service \"" + this.service.name() + "\" that can be run"
				: " on the PATH";
		String correct = "correct \"" + key + "\" in " + this.service.location().file();
		return error("there is no \"" + program + "\"" + where, List.of(),
				path ? "make it executable, or " + correct : "install it where Skein runs, or " + correct);
	}

	MigrationError notStarted(String reason) {
		return error("\"" + this.tool.name() + "\" cannot be started: " + reason, List.of(),
				"correct \"run\" in " + this.service.location().file());
	}

	MigrationError exited(int code, List<String> printed) {
		return error("\"" + this.tool.name() + "\" ended with exit code " + code, printed,
				"fix what it complains of; " + AGAIN);
	}

	MigrationError keptNoPromise() {
		return error(
				"\"" + this.tool.name() + "\" ended with exit code 0, but schema \"" + this.service.schema()
						+ "\" has none of the tables that \"tables\" names",
				List.of(),
				"see into which database and schema it writes: DATABASE_URL says which, and the service's role finds its"
						+ " own schema first; " + AGAIN);
	}

	MigrationError timedOut(List<String> printed) {
		return error("\"" + this.tool.name() + "\" was ended: it took longer than " + time(this.tool.timeout()),
				printed, "see what it waits for, or set a longer \"timeout\" in " + this.service.location().file()
						+ "; " + AGAIN);
	}

	MigrationError interrupted(List<String> printed) {
		return error("\"" + this.tool.name() + "\" was ended, because the run was", printed, AGAIN);
	}

	/**
	 * Adds what the tool took along from other services.
	 * @param error why it failed; {@code null} if it did not
	 * @param lost what is gone, each with its kind, name and service; possibly nothing
	 * @return the failure; {@code null} if the tool ended well and took nothing
	 */
	@Nullable MigrationError withLosses(@Nullable MigrationError error, List<String> lost) {
		if (lost.isEmpty()) {
			return error;
		}
		String message = "service \"" + this.service.name() + "\" took along what is not its own: "
				+ String.join(", ", lost);
		MigrationError both = error((error == null) ? message : message + "\n" + error.message(), List.of(),
				HintText.of(new FailureCause.Refused(FailureCause.Refused.Reason.TOOK_ALONG, AttemptKind.RUN)));
		return (error == null) ? both : both.withPlainMessage(message + "\n" + error.plainMessage());
	}

	/**
	 * Adds what the tool left of what could run code as another service.
	 * @param error why it failed; {@code null} if it did not
	 * @param crossed the ends of sentences about the service; possibly none
	 * @return the failure; {@code null} if the tool ended well and left nothing of the
	 * kind
	 */
	@Nullable MigrationError withCrossings(@Nullable MigrationError error, List<String> crossed) {
		if (crossed.isEmpty()) {
			return error;
		}
		String message = "service \"" + this.service.name() + "\" " + String.join(", and ", crossed);
		return error((error == null) ? message : message + "\n" + error.message(), List.of(),
				"let the tool take that out of the database again; nothing that a tool does is rolled back");
	}

	private MigrationError error(String message, List<String> printed, String hint) {
		String text = printed.isEmpty() ? message : message + ":\n" + String.join("\n", printed);
		return new MigrationError(this.tool.name(), this.service.location().file(), null, null, text, hint)
			.withPlainMessage(message);
	}

	/**
	 * As a manifest has it, in the largest unit that is exact.
	 */
	private static String time(Duration time) {
		if (time.toMillis() % 1000 != 0) {
			return time.toMillis() + "ms";
		}
		return (time.toSeconds() % 60 == 0) ? time.toMinutes() + "m" : time.toSeconds() + "s";
	}

}
