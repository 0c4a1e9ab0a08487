package dev.skein.rollback;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.skein.catalog.Migration;
import dev.skein.catalog.Requirement;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.catalog.Version;
import dev.skein.migration.AppliedMigration;
import org.jspecify.annotations.Nullable;

/**
 * A versioned migration that is applied in some service.
 *
 * @param service the service
 * @param row its row in the history
 * @param position its place in the plan of the platform; behind all others if its file is
 * gone
 * @param order when it was applied, in the ledger's numbers; {@code null} if something
 * other than Skein applied it
 */
public record AppliedVersion(ServiceDefinition service, AppliedMigration row, int position, @Nullable Long order) {

	/**
	 * Its version.
	 * @return the version
	 */
	public Version version() {
		return Objects.requireNonNull(this.row.version());
	}

	/**
	 * What undoes it.
	 * @return the undo script; {@code null} if there is none
	 */
	public @Nullable Migration undo() {
		return this.service.undo().get(version());
	}

	/**
	 * Whether its file is another than the one that was applied: then its undo script may
	 * be, too.
	 * @return {@code true} if so
	 */
	public boolean isEdited() {
		return file().filter((file) -> this.row.checksum() != null && this.row.checksum() != file.script().checksum())
			.isPresent();
	}

	private Optional<Migration> file() {
		return this.service.versioned()
			.stream()
			.filter((migration) -> Objects.equals(version(), migration.version()))
			.findFirst();
	}

	/**
	 * Whether it was applied after another. What was there before it cannot depend on it.
	 * A history's own times are local to whoever wrote them, so they are the second
	 * choice.
	 */
	boolean isAfter(AppliedVersion other) {
		if (this.order != null && other.order != null) {
			return this.order > other.order;
		}
		return !this.row.installedOn().isBefore(other.row.installedOn());
	}

	/**
	 * Whether it may be built on another, by what its service and its file say.
	 */
	boolean mayDependOn(AppliedVersion other) {
		if (this.service.name().equals(other.service.name())) {
			return version().compareTo(other.version()) > 0;
		}
		return (other.service.isCore() && !this.service.isCore())
				|| requirements().anyMatch((requirement) -> requirement.service().equals(other.service.name())
						&& (requirement.atLeast() == null || other.version().compareTo(requirement.atLeast()) <= 0));
	}

	private Stream<Requirement> requirements() {
		List<Requirement> ofFile = file().map(Migration::requires).orElse(List.of());
		return Stream.concat(this.service.requires().stream(), ofFile.stream());
	}

	boolean isOf(ServiceName name) {
		return this.service.name().equals(name);
	}

	/**
	 * The service and the version.
	 * @return SERVICE@VERSION
	 */
	public String label() {
		return this.service.name() + "@" + version().inName();
	}

}
