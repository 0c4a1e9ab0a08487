package dev.skein.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * This machine, as far as it matters for what things cost.
 */
final class Machine {

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

	private Machine() {
	}

	static String describe() {
		long memory = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
		return "%d cores (%s), %d GiB, %s %s".formatted(Runtime.getRuntime().availableProcessors(), processor(),
				Math.round(memory / (double) (1L << 30)), System.getProperty("os.name"), System.getProperty("os.arch"));
	}

	private static String processor() {
		if (Files.isReadable(PROCESSORS)) {
			try (Stream<String> lines = Files.lines(PROCESSORS)) {
				return lines.filter((line) -> line.startsWith("model name"))
					.map((line) -> line.substring(line.indexOf(':') + 1).strip())
					.findFirst()
					.orElse("of unknown make");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return Installed.onPath("sysctl")
			.map((sysctl) -> Answer.of(sysctl.toString(), "-n", "machdep.cpu.brand_string"))
			.orElse("of unknown make");
	}

}
