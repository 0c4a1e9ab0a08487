package dev.skein.actuate;

import java.time.Instant;
import java.util.List;

import dev.skein.migration.ServiceDrift;
import org.jspecify.annotations.Nullable;

/**
 * What the last check for drift saw in one service. The names are a contract of the JSON.
 *
 * @param checkedAt when
 * @param count how many objects differ
 * @param objects which
 * @param notCompared why nothing was compared; {@code null} if it was
 */
record DriftSight(String checkedAt, int count, List<DriftedObject> objects, @Nullable String notCompared) {

	static DriftSight of(ServiceDrift drift, Instant at) {
		List<DriftedObject> objects = drift.differences()
			.stream()
			.map((difference) -> new DriftedObject(difference.name(), difference.change().label()))
			.toList();
		return new DriftSight(at.toString(), objects.size(), objects, drift.objection());
	}

	/**
	 * One object that differs.
	 */
	record DriftedObject(String object, String change) {

	}

}
