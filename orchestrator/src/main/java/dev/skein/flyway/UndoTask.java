package dev.skein.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import dev.skein.catalog.Migration;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.migration.AppliedFile;
import dev.skein.migration.AttemptKind;
import dev.skein.migration.MigrationEngine;
import dev.skein.migration.MigrationError;
import dev.skein.migration.RunListener;
import org.flywaydb.core.api.FlywayException;

/**
 * Undoes one migration: when its undo script is done, its row leaves the history.
 */
record UndoTask(ServiceDefinition service, MigrationEngine.Undo step) implements ScriptTask {

	@Override
	public Migration script() {
		return this.step.script();
	}

	@Override
	public AttemptKind kind() {
		return AttemptKind.UNDO;
	}

	/**
	 * Plain Flyway, which knows nothing of the run lock, must not add to the history
	 * meanwhile.
	 */
	@Override
	public void before(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("LOCK TABLE " + history() + " IN SHARE ROW EXCLUSIVE MODE");
		}
	}

	@Override
	public void after(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("DELETE FROM " + history() + " WHERE success AND installed_rank = ? AND script = ?")) {
			statement.setInt(1, this.step.row().rank());
			statement.setString(2, this.step.row().script());
			if (statement.executeUpdate() != 1) {
				throw new FlywayException(
						"the history changed meanwhile: the row of \"" + this.step.row().script() + "\" is gone");
			}
		}
	}

	/**
	 * The next run would be a migration, which applies again what was undone.
	 */
	@Override
	public MigrationError explain(MigrationError error) {
		return error.withHint(error.hint().replace("the next run goes on", "the same command goes on"));
	}

	@Override
	public void tell(RunListener listener, AppliedFile file) {
		listener.undone(this.service, file);
	}

	private String history() {
		return this.service.schema().quoted() + ".flyway_schema_history";
	}

}
