package dev.skein.migration;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.skein.catalog.SchemaName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What two snapshots are said to differ in.
 */
class CatalogSnapshotTests {

	private static final SchemaName S = new SchemaName("s");

	private static final SchemaName T = new SchemaName("t");

	private static final CatalogObject TABLE = new CatalogObject("table s.a", null, "TABLE");

	private static final CatalogObject COLUMN = new CatalogObject("column s.a.x", "table s.a", "integer");

	private static final CatalogObject COMMENT = new CatalogObject("comment on column s.a.x", "column s.a.x", "x");

	private static final CatalogObject SEQUENCE = new CatalogObject("sequence t.q", "column s.a.x", "AS integer");

	@Test
	void doNotDifferWhereEverythingIsEqual() {
		CatalogSnapshot one = snapshot(Map.of(S, new CatalogObject[] { TABLE, COLUMN }));
		assertThat(one.differencesTo(snapshot(Map.of(S, new CatalogObject[] { COLUMN, TABLE })))).isEmpty();
		assertThat(one).isEqualTo(snapshot(Map.of(S, new CatalogObject[] { COLUMN, TABLE })));
	}

	@Test
	void differInWhatCameWentAndChanged() {
		CatalogObject wider = new CatalogObject(COLUMN.name(), COLUMN.partOf(), "bigint");
		CatalogObject view = new CatalogObject("view s.v", null, "SELECT 1;");
		assertThat(snapshot(Map.of(S, new CatalogObject[] { TABLE, COLUMN, COMMENT }))
			.differencesTo(snapshot(Map.of(S, new CatalogObject[] { TABLE, wider, view }))))
			.containsExactly(new SnapshotDifference(S, COLUMN, wider), new SnapshotDifference(S, COMMENT, null),
					new SnapshotDifference(S, null, view))
			.extracting(SnapshotDifference::change)
			.containsExactly(SnapshotDifference.Change.CHANGED, SnapshotDifference.Change.REMOVED,
					SnapshotDifference.Change.ADDED);
	}

	@Test
	void nameWhatCameOrWentWholeOnce() {
		CatalogSnapshot all = snapshot(
				Map.of(S, new CatalogObject[] { TABLE, COLUMN, COMMENT }, T, new CatalogObject[] { SEQUENCE }));
		CatalogSnapshot none = snapshot(Map.of());
		assertThat(none.differencesTo(all)).containsExactly(new SnapshotDifference(S, null, TABLE));
		assertThat(all.differencesTo(none)).containsExactly(new SnapshotDifference(S, TABLE, null));
	}

	@Test
	void nameAPartWhereTheWholeWasThereBefore() {
		CatalogSnapshot without = snapshot(Map.of(S, new CatalogObject[] { TABLE }));
		CatalogSnapshot with = snapshot(
				Map.of(S, new CatalogObject[] { TABLE, COLUMN, COMMENT }, T, new CatalogObject[] { SEQUENCE }));
		assertThat(without.differencesTo(with)).containsExactly(new SnapshotDifference(S, null, COLUMN));
	}

	@Test
	void differInASchemaThatOnlyOneOfThemHas() {
		CatalogObject same = new CatalogObject("view t.v", null, "SELECT 1;");
		assertThat(snapshot(Map.of()).differencesTo(snapshot(Map.of(T, new CatalogObject[] { same }))))
			.containsExactly(new SnapshotDifference(T, null, same));
	}

	private static CatalogSnapshot snapshot(Map<SchemaName, CatalogObject[]> objects) {
		TreeMap<SchemaName, SortedMap<String, CatalogObject>> schemas = new TreeMap<>();
		objects.forEach((schema, all) -> {
			TreeMap<String, CatalogObject> byName = new TreeMap<>();
			for (CatalogObject object : all) {
				byName.put(object.name(), object);
			}
			schemas.put(schema, byName);
		});
		return new CatalogSnapshot(schemas);
	}

}
