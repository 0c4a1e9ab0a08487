package dev.skein.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Sets the settings of a table back, and where it stands among its parents: what ALTER
 * TABLE says without naming a column.
 */
final class TableAlteration {

	private final Script script;

	TableAlteration(Script script) {
		this.script = script;
	}

	boolean alter(ObjectName name, String wanted, String now) {
		TableText one = TableText.of(wanted);
		TableText other = TableText.of(now);
		if (one == null || other == null || !Objects.equals(one.partitioning(), other.partitioning())) {
			this.script.notBroughtBack("table " + name.name() + " shall be " + wanted);
			return true;
		}
		family(name, one, other);
		changes(one, other).forEach((change) -> this.script.make(Phase.SETTINGS, "ALTER TABLE " + name.name() + change,
				name.name(), Mention.names(change)));
		return true;
	}

	private static List<String> changes(TableText wanted, TableText now) {
		List<String> changes = new ArrayList<>();
		if (!Objects.equals(wanted.identity(), now.identity())) {
			changes.add(" REPLICA IDENTITY " + ((wanted.identity() == null) ? "DEFAULT" : wanted.identity()));
		}
		if (wanted.secured() != now.secured()) {
			changes.add((wanted.secured() ? " ENABLE" : " DISABLE") + " ROW LEVEL SECURITY");
		}
		if (wanted.forced() != now.forced()) {
			changes.add((wanted.forced() ? " FORCE" : " NO FORCE") + " ROW LEVEL SECURITY");
		}
		if (wanted.unlogged() != now.unlogged()) {
			changes.add(wanted.unlogged() ? " SET UNLOGGED" : " SET LOGGED");
		}
		if (!Objects.equals(wanted.method(), now.method())) {
			changes.add(" SET ACCESS METHOD " + ((wanted.method() == null) ? "heap" : wanted.method()));
		}
		if (!Objects.equals(wanted.tablespace(), now.tablespace())) {
			changes.add(" SET TABLESPACE " + ((wanted.tablespace() == null) ? "pg_default" : wanted.tablespace()));
		}
		if (!Objects.equals(wanted.type(), now.type())) {
			changes.add((wanted.type() == null) ? " NOT OF" : " OF " + wanted.type());
		}
		Map<String, String> gone = new TreeMap<>(now.options());
		gone.keySet().removeAll(wanted.options().keySet());
		if (!gone.isEmpty()) {
			changes.add(" RESET (" + String.join(", ", gone.keySet()) + ")");
		}
		Map<String, String> missing = new TreeMap<>(wanted.options());
		missing.entrySet().removeAll(now.options().entrySet());
		if (!missing.isEmpty()) {
			changes.add(" SET (" + TableText.text(missing) + ")");
		}
		return changes;
	}

	private void family(ObjectName name, TableText wanted, TableText now) {
		boolean same = wanted.parents().equals(now.parents()) && Objects.equals(wanted.bound(), now.bound())
				&& wanted.partition() == now.partition();
		if (same) {
			return;
		}
		for (String parent : now.parents()) {
			this.script.add(Phase.DETACH, now.partition() ? "ALTER TABLE " + parent + " DETACH PARTITION " + name.name()
					: "ALTER TABLE " + name.name() + " NO INHERIT " + parent);
		}
		join(name, wanted);
	}

	/**
	 * Makes a table a partition or a child.
	 */
	void join(ObjectName name, TableText wanted) {
		for (String parent : wanted.parents()) {
			String sql = wanted.partition()
					? "ALTER TABLE " + parent + " ATTACH PARTITION " + name.name() + " " + wanted.bound()
					: "ALTER TABLE " + name.name() + " INHERIT " + parent;
			this.script.make(Phase.ATTACH, sql, "", Mention.names(sql));
		}
	}

}
