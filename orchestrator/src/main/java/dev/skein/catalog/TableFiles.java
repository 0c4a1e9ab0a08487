package dev.skein.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which files of a service made and changed each table, by the words of their statements.
 * What a file does in a block of code, or a table gets through a function, is not seen.
 */
public final class TableFiles {

	private final Map<String, Made> tables = new TreeMap<>();

	private TableFiles() {
	}

	/**
	 * Reads some files.
	 * @param files the files, in the order in which they were applied
	 * @return what they do to tables
	 */
	public static TableFiles of(List<Migration> files) {
		TableFiles tables = new TableFiles();
		files.forEach((file) -> file.statements().forEach((statement) -> tables.read(file, statement)));
		return tables;
	}

	/**
	 * The file that made a table.
	 * @param table the table's name, without its schema
	 * @return the file; nothing if no statement says so
	 */
	public Optional<Migration> maker(String table) {
		return Optional.ofNullable(this.tables.get(table)).map(Made::file);
	}

	/**
	 * The files that changed a table later.
	 * @param table the table's name, without its schema
	 * @return the files, in order
	 */
	public List<Migration> changes(String table) {
		Made made = this.tables.get(table);
		return (made == null) ? List.of() : List.copyOf(made.changes());
	}

	private void read(Migration file, SqlStatement statement) {
		String created = statement.createdTable();
		if (created != null) {
			this.tables.putIfAbsent(created, new Made(file, new LinkedHashSet<>()));
			return;
		}
		statement.droppedTables().forEach(this.tables::remove);
		String altered = statement.alteredTable();
		Made made = (altered == null) ? null : this.tables.get(altered);
		if (made == null) {
			return;
		}
		if (!made.file().equals(file)) {
			made.changes().add(file);
		}
		String renamed = statement.renamedTo();
		if (renamed != null) {
			this.tables.remove(altered);
			this.tables.put(renamed, made);
		}
	}

	/**
	 * A table that is there.
	 */
	private record Made(Migration file, Set<Migration> changes) {

	}

}
