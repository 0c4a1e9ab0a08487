package dev.skein.plan;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.skein.catalog.Location;
import dev.skein.catalog.Problem;
import dev.skein.catalog.Referrers;
import dev.skein.catalog.Requirement;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * A requirement that no order of steps can meet.
 */
sealed interface PlanProblem extends Problem {

	/**
	 * A service that nobody declares.
	 *
	 * @param service who requires it
	 * @param requirement what is required
	 * @param nearest a question that names the service that was probably meant, or
	 * {@code null}
	 */
	record UnknownService(ServiceName service, Requirement requirement,
			@Nullable String nearest) implements PlanProblem {

		@Override
		public Location location() {
			return this.requirement.location();
		}

		@Override
		public String message() {
			return "service \"" + this.service + "\" requires \"" + this.requirement.service()
					+ "\", but no service of that name was found";
		}

		@Override
		public String hint() {
			return (this.nearest != null) ? this.nearest
					: "add that service with --services DIR, or remove it from requires";
		}

	}

	/**
	 * A version that the required service does not have.
	 *
	 * @param service who requires it
	 * @param requirement what is required
	 * @param required the service that should have it
	 */
	record UnknownVersion(ServiceName service, Requirement requirement,
			ServiceDefinition required) implements PlanProblem {

		@Override
		public Location location() {
			return this.requirement.location();
		}

		@Override
		public String message() {
			return "service \"" + this.service + "\" requires \"" + this.requirement + "\", but \""
					+ this.required.name() + "\" has no version "
					+ Objects.requireNonNull(this.requirement.atLeast()).inName();
		}

		@Override
		public String hint() {
			return this.required.versioned().isEmpty() ? "it has no versions at all"
					: "it has " + this.required.versioned()
						.stream()
						.map((migration) -> migration.label())
						.collect(Collectors.joining(", "));
		}

	}

	/**
	 * A service that requires itself.
	 *
	 * @param service the service
	 * @param requirement where it says so
	 */
	record SelfRequirement(ServiceName service, Requirement requirement) implements PlanProblem {

		@Override
		public Location location() {
			return this.requirement.location();
		}

		@Override
		public String message() {
			return "service \"" + this.service + "\" requires itself";
		}

		@Override
		public String hint() {
			return "remove \"" + this.requirement + "\"; the versions of one service are always applied in order";
		}

	}

	/**
	 * A service that may refer to another's tables, with a name that is nearly that of a
	 * service and not quite.
	 *
	 * @param service whose manifest names it
	 * @param referrer what it names
	 * @param nearest a question that names the service that was probably meant
	 */
	record UnknownReferrer(ServiceName service, Referrers.Named referrer, String nearest) implements PlanProblem {

		@Override
		public Location location() {
			return this.referrer.location();
		}

		@Override
		public String message() {
			return "service \"" + this.service + "\" is referenced_by \"" + this.referrer.service()
					+ "\", but no service of that name was found";
		}

		@Override
		public String hint() {
			return this.nearest;
		}

	}

	/**
	 * A service that may refer to another's tables, but does not require that service.
	 *
	 * @param service whose manifest names it
	 * @param referrer what it names
	 */
	record IdleReferrer(ServiceName service, Referrers.Named referrer) implements PlanProblem {

		@Override
		public Location location() {
			return this.referrer.location();
		}

		@Override
		public String message() {
			return "service \"" + this.service + "\" is referenced_by \"" + this.referrer.service()
					+ "\", but that service does not require it";
		}

		@Override
		public String hint() {
			return this.service.equals(this.referrer.service())
					? "a service may always refer to its own tables: remove it from referenced_by"
					: "add " + this.service + " to requires of \"" + this.referrer.service()
							+ "\", or remove it from referenced_by";
		}

	}

	/**
	 * Services that wait for each other.
	 *
	 * @param path the services, each requiring the next; the last is the first again
	 * @param location the manifest of the first
	 */
	record RequirementCycle(List<ServiceName> path, Location location) implements PlanProblem {

		@Override
		public String message() {
			return "services require each other in a circle: "
					+ this.path.stream().map(ServiceName::value).collect(Collectors.joining(" -> "));
		}

		@Override
		public String hint() {
			return "remove one of these requirements, or narrow it to the migration that needs it"
					+ " (-- requires: NAME@VERSION in its file)";
		}

	}

}
