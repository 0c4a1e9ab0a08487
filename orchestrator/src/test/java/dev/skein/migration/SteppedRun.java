package dev.skein.migration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.plan.MigrationPlan;
import dev.skein.testing.Interleaving;
import org.jspecify.annotations.Nullable;

/**
 * A run that stops before everything it asks of its database and its engine, and before
 * each file.
 */
final class SteppedRun implements Runnable {

	private static final Set<String> INNER = Set.of("identity", "close", "cancel", "toString", "hashCode", "equals");

	private final int number;

	private final Interleaving interleaving;

	private final MigrationPlan plan;

	private final PlatformDatabase database;

	private final MigrationEngine engine;

	private @Nullable RunReport report;

	SteppedRun(int number, Interleaving interleaving, MigrationPlan plan, PlatformDatabase database,
			MigrationEngine engine) {
		this.number = number;
		this.interleaving = interleaving;
		this.plan = plan;
		this.database = database;
		this.engine = engine;
	}

	RunReport report() {
		return Objects.requireNonNull(this.report);
	}

	@Override
	public void run() {
		MigrationEngine stepped = (warnAfter) -> {
			gate();
			return stepped(MigrationEngine.Worker.class, this.engine.open(warnAfter));
		};
		this.report = new MigrationOrchestrator(stepped(PlatformDatabase.class, this.database), stepped).migrate(
				this.plan, new MigrateOptions(1, Duration.ZERO, Duration.ZERO, false, Isolation.ROLES, OnDrift.IGNORE),
				new RunListener() {

					@Override
					public void started(ServiceDefinition service, Migration migration) {
						gate();
					}

				});
	}

	private <T> T stepped(Class<T> port, T real) {
		return port
			.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] { port }, (proxy, method, arguments) -> {
				if (method.getName().equals("lock")) {
					return lock();
				}
				if (!INNER.contains(method.getName())) {
					gate();
				}
				try {
					return method.invoke(real, arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	/**
	 * Tries once at each of its turns; after a vain one its next turn comes when the
	 * holder gave the lock up.
	 */
	private RunLock lock() {
		Consumer<LockHolder> nobody = (holder) -> {
		};
		gate();
		while (true) {
			try {
				RunLock lock = this.database.lock(Duration.ofMillis(-1), nobody);
				return () -> {
					gate();
					lock.close();
					this.interleaving.free();
				};
			}
			catch (CannotStartException ex) {
				this.interleaving.block(this.number);
			}
		}
	}

	private void gate() {
		this.interleaving.gate(this.number);
	}

}
