package dev.skein.migration;

import java.io.InputStream;
import java.util.Set;

/**
 * The SQL of a backup, in three parts that are run one after the other. Each method may
 * throw {@link BackupFailedException} when the backup cannot be read.
 */
public interface BackupScript {

	/**
	 * What makes schemas, tables and functions.
	 * @return SQL statements only
	 */
	String definitions();

	/**
	 * The extensions that it makes again in its schemas.
	 * @return their names; nearly always none
	 */
	Set<String> extensions();

	/**
	 * What fills the tables.
	 * @return SQL statements and, between them, the rows of {@code COPY … FROM stdin};
	 * closing it throws if it was not whole
	 */
	InputStream rows();

	/**
	 * What makes keys, indexes and triggers.
	 * @return SQL statements only
	 */
	String constraints();

}
