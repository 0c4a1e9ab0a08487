package dev.skein.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class StopwatchTests {

	@TempDir
	Path folder;

	@Test
	@Timeout(60)
	void killsWhatRunsLongerThanTheLimitWithAllThatItStarted() throws Exception {
		Path child = this.folder.resolve("child");
		List<String> command = List.of("bash", "-c", "sleep 600 & echo $! > \"$0\"; echo at work; wait",
				child.toString());
		assertThatExceptionOfType(BenchmarkException.class)
			.isThrownBy(() -> new Stopwatch(this.folder, Duration.ofSeconds(2)).measure(command, Map.of()))
			.withMessage("killed after 2.0 s, which is --limit: " + String.join(" ", command) + "\n  at work");
		long sleep = Long.parseLong(Files.readString(child).strip());
		await().atMost(Duration.ofSeconds(20))
			.until(() -> ProcessHandle.of(sleep).filter(ProcessHandle::isAlive).isEmpty());
	}

	@Test
	void showsTheEndOfWhatAFailedProgramWrote() {
		List<String> command = List.of("bash", "-c", "echo no table; exit 3");
		assertThatExceptionOfType(BenchmarkException.class)
			.isThrownBy(() -> new Stopwatch(this.folder, Duration.ofMinutes(1)).measure(command, Map.of()))
			.withMessage("failed: bash -c echo no table; exit 3\n  no table");
	}

	@Test
	void measuresWhatEndsInTime() {
		Measurement measurement = new Stopwatch(this.folder, Duration.ofMinutes(1)).measure(List.of("sleep", "0.2"),
				Map.of());
		assertThat(measurement.seconds()).isBetween(0.2, 60.0);
	}

}
