package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RunningFilesTests {

	private static final long BEGIN = Long.MAX_VALUE - 5;

	private final RunningFiles files = new RunningFiles();

	private ServiceDefinition orders;

	private ServiceDefinition stock;

	@BeforeEach
	void createTwoServices(@TempDir Path folder) {
		List<ServiceDefinition> services = List.copyOf(new PlatformFolder(folder).service("orders")
			.migration("orders", "V1__a.sql", "SELECT 1;")
			.migration("orders", "V2__b.sql", "SELECT 1;")
			.service("stock")
			.migration("stock", "V1__c.sql", "SELECT 1;")
			.catalog()
			.services());
		this.orders = services.get(0);
		this.stock = services.get(1);
	}

	@Test
	void tellTheNewestWhileAllAreShort() {
		begin(this.orders, 0, 0);
		begin(this.stock, 0, 500);
		assertThat(text(999)).isEqualTo("stock V1__c.sql");
	}

	@Test
	void tellTheOldestWithItsTimeOnceItRunsForASecond() {
		begin(this.orders, 0, 0);
		assertThat(text(1000)).isEqualTo("orders V1__a.sql, 1 s");
		begin(this.stock, 0, 1500);
		assertThat(text(59_999)).isEqualTo("orders V1__a.sql, 59 s (and 1 more)");
		assertThat(text(3_725_000)).isEqualTo("orders V1__a.sql, 62 min 5 s (and 1 more)");
		this.files.end(this.orders);
		assertThat(text(3_725_000)).isEqualTo("stock V1__c.sql, 62 min 3 s");
	}

	@Test
	void tellOneFileOfEachService() {
		begin(this.orders, 0, 0);
		begin(this.stock, 0, 100);
		begin(this.orders, 1, 200);
		assertThat(text(1150)).isEqualTo("stock V1__c.sql, 1 s (and 1 more)");
	}

	@Test
	void tellNothingWhereNothingRuns() {
		begin(this.orders, 0, 0);
		this.files.end(this.orders);
		assertThat(text(5000)).isEmpty();
	}

	private void begin(ServiceDefinition service, int file, long millis) {
		this.files.begin(service, service.versioned().get(file), BEGIN + TimeUnit.MILLISECONDS.toNanos(millis));
	}

	private String text(long millis) {
		return this.files.text(BEGIN + TimeUnit.MILLISECONDS.toNanos(millis));
	}

}
