package dev.skein.migration;

import java.util.List;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.Version;
import org.jspecify.annotations.Nullable;

/**
 * A service's files compared with its schema history.
 *
 * @param service the service
 * @param state the comparison in one word
 * @param current the highest version that is applied; {@code null} if none is
 * @param pending what is known to be left for the next run, in order
 * @param faults why the next run would refuse, those first that tell the state; empty
 * where nothing needs a person
 * @param repairs what a repair would change in the history; possibly none
 * @param access who owns its schema and may use it; {@code null} if it is not there
 */
public record ServiceState(ServiceDefinition service, State state, @Nullable Version current, List<Migration> pending,
		List<Fault> faults, List<HistoryChange> repairs, @Nullable SchemaAccess access) {

	/**
	 * How a service's files and its history compare.
	 */
	public enum State {

		/** Every file is applied. */
		UP_TO_DATE("up-to-date"),
		/** Files wait to be applied. */
		PENDING("pending"),
		/** A file that runs outside a transaction failed; the next run tries it again. */
		FAILED("failed"),
		/** An applied file is gone. */
		MISSING("missing"),
		/** An applied file was edited. */
		CHECKSUM_MISMATCH("checksum-mismatch"),
		/** The history has versions that no file has: the files are older. */
		AHEAD("ahead");

		private final String label;

		State(String label) {
			this.label = label;
		}

		/**
		 * The state's name in reports.
		 * @return the name
		 */
		public String label() {
			return this.label;
		}

	}

	public ServiceState {
		pending = List.copyOf(pending);
		faults = List.copyOf(faults);
		repairs = List.copyOf(repairs);
	}

	/**
	 * What the next run would run: what is pending, and a foreign tool that nobody can
	 * ask whether anything is.
	 * @return the migrations, in order
	 */
	public List<Migration> due() {
		return (this.service.tool() != null && this.service.tool().status().isEmpty()) ? this.service.repeatable()
				: this.pending;
	}

	/**
	 * The faults for which a run refuses.
	 * @param options what the run allows
	 * @return the faults, possibly none
	 */
	public List<Fault> objections(MigrateOptions options) {
		return this.faults.stream()
			.filter((fault) -> fault.kind() != Fault.Kind.LATE || !options.outOfOrder())
			.toList();
	}

	/**
	 * Whether its schema is there and belongs to its role.
	 * @return {@code true} if so
	 */
	public boolean isUnderRole() {
		return this.access != null && this.access.owner().equals(RoleNames.owner(this.service.schema()));
	}

	/**
	 * Whether a run has nothing to do and nothing to refuse here.
	 * @return {@code true} if so
	 */
	public boolean isUpToDate() {
		return this.state == State.UP_TO_DATE;
	}

}
