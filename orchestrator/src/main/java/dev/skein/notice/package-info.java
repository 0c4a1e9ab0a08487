/**
 * Tells others what became of a run, for teams without Prometheus.
 * {@link dev.skein.notice.Webhook} is the way in.
 */
@NullMarked
package dev.skein.notice;

import org.jspecify.annotations.NullMarked;
