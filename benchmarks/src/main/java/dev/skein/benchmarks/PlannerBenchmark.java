package dev.skein.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.skein.catalog.CatalogReader;
import dev.skein.catalog.ServiceCatalog;
import dev.skein.catalog.ServiceSource;
import dev.skein.plan.MigrationPlan;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Plans a folder of services: the first time in a process, which is the only time in one
 * command, and again and again. The JVM has the launcher's flags.
 *
 * @see PlannerCommand
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@NullUnmarked // JMH calls what fills the fields
public class PlannerBenchmark {

	/** The system property that names the folder of the services. */
	static final String FOLDER = "skein.benchmark.services";

	private ServiceCatalog catalog;

	/**
	 * Reads the catalog, which is not measured.
	 */
	@Setup
	public void read() {
		this.catalog = CatalogReader
			.read(List.of(ServiceSource.directories(List.of(Path.of(System.getProperty(FOLDER))))));
	}

	/**
	 * The first plan of a process.
	 * @return the plan
	 */
	@Benchmark
	@BenchmarkMode(Mode.SingleShotTime)
	@Warmup(iterations = 0)
	@Measurement(iterations = 1)
	@Fork(value = 5, jvmArgs = { "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC" })
	public MigrationPlan first() {
		return MigrationPlan.of(this.catalog);
	}

	/**
	 * A plan in a process that has made many.
	 * @return the plan
	 */
	@Benchmark
	@BenchmarkMode(Mode.AverageTime)
	@Warmup(iterations = 3, time = 1)
	@Measurement(iterations = 5, time = 1)
	@Fork(value = 1, jvmArgs = { "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC" })
	public MigrationPlan again() {
		return MigrationPlan.of(this.catalog);
	}

}
