package dev.skein.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What one process cost, with the processes that it started.
 *
 * @param seconds wall time
 * @param cpuSeconds processor time of the client, in and out of the kernel
 * @param peakKib the most memory that any one of the processes held, in KiB; {@code null}
 * where it cannot be told
 */
record Measurement(double seconds, double cpuSeconds, @Nullable Long peakKib) {

}
