/**
 * Backups through PostgreSQL's own programs. {@link dev.skein.backup.PostgresPrograms}
 * finds them, {@link dev.skein.backup.Backup} takes one, and
 * {@link dev.skein.backup.Archive} looks into a file and reads it.
 */
@NullMarked
package dev.skein.backup;

import org.jspecify.annotations.NullMarked;
