package dev.skein.flyway;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Takes part in what Flyway does with each file. Flyway calls callbacks in the order of
 * their names, and those of one name in the order in which it got them: ours have one.
 */
interface FileCallback extends Callback {

	@Override
	default boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	default String getCallbackName() {
		return "skein";
	}

}
