package dev.skein.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.skein.catalog.SchemaName;
import dev.skein.catalog.SqlStatement;
import dev.skein.migration.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Something that an undo script throws away, as far as its words tell.
 *
 * @param step the migration that is undone
 * @param table the table that is dropped or emptied, or that loses a column
 * @param column the column; {@code null} if it is the whole table
 */
public record UndoLoss(AppliedVersion step, TableName table, @Nullable String column) {

	/** What may follow DROP in ALTER TABLE without being a column. */
	private static final Set<String> NO_COLUMN = Set.of("constraint", "not", "default", "identity", "expression");

	/**
	 * What a plan throws away.
	 * @param plan the plan
	 * @return the losses, in the order of the steps
	 */
	public static List<UndoLoss> of(RollbackPlan plan) {
		List<UndoLoss> losses = new ArrayList<>();
		for (AppliedVersion step : plan.steps()) {
			for (SqlStatement statement : Objects.requireNonNull(step.undo()).statements()) {
				new Reading(step, statement.tokens(), losses).read();
			}
		}
		return losses;
	}

	/**
	 * One pass over the words of a statement.
	 */
	private static final class Reading {

		private final AppliedVersion step;

		private final List<String> words;

		private final List<UndoLoss> losses;

		private int at;

		Reading(AppliedVersion step, List<String> words, List<UndoLoss> losses) {
			this.step = step;
			this.words = words;
			this.losses = losses;
		}

		void read() {
			if (skip("drop", "table") || skip("drop", "foreign", "table") || skip("delete", "from")) {
				tables();
			}
			else if (skip("truncate")) {
				skip("table");
				tables();
			}
			else if (skip("alter", "table")) {
				columns();
			}
		}

		private void tables() {
			skip("if", "exists");
			skip("only");
			do {
				this.losses.add(new UndoLoss(this.step, name(), null));
			}
			while (skip(","));
		}

		private void columns() {
			skip("if", "exists");
			skip("only");
			TableName table = name();
			while (this.at < this.words.size()) {
				if (skip("drop") && this.at < this.words.size() && !NO_COLUMN.contains(this.words.get(this.at))) {
					skip("column");
					skip("if", "exists");
					this.losses.add(new UndoLoss(this.step, table, word()));
				}
				else {
					this.at++;
				}
			}
		}

		private TableName name() {
			String first = word();
			return skip(".") ? new TableName(new SchemaName(first), word())
					: new TableName(this.step.service().schema(), first);
		}

		private String word() {
			return (this.at < this.words.size()) ? unquote(this.words.get(this.at++)) : "?";
		}

		private boolean skip(String... expected) {
			if (this.at + expected.length > this.words.size()
					|| !this.words.subList(this.at, this.at + expected.length).equals(List.of(expected))) {
				return false;
			}
			this.at += expected.length;
			return true;
		}

		private static String unquote(String word) {
			return word.startsWith("\"") ? word.substring(1, word.length() - 1).replace("\"\"", "\"") : word;
		}

	}

}
