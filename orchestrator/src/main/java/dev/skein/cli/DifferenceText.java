package dev.skein.cli;

import dev.skein.migration.CatalogObject;
import dev.skein.migration.SnapshotDifference;
import dev.skein.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * An object that differs, for people: what became of it, and what there is to say about
 * it on both sides, in the words of one report.
 *
 * @param added what is written before an object that came; as wide as the other two,
 * since definitions stand below the name
 * @param removed what is written before one that went
 * @param changed what is written before one that both sides have
 * @param before what is written before the definition that such a one had
 * @param after what is written before the definition that it has
 */
record DifferenceText(String added, String removed, String changed, String before, String after) {

	String of(SnapshotDifference difference) {
		return switch (difference.change()) {
			case ADDED -> this.added + PrintableText.line(difference.name()) + definition("", difference.after());
			case REMOVED -> this.removed + PrintableText.line(difference.name()) + definition("", difference.before());
			case CHANGED -> this.changed + PrintableText.line(difference.name())
					+ definition(this.before, difference.before()) + definition(this.after, difference.after());
		};
	}

	private String definition(String label, @Nullable CatalogObject object) {
		String margin = "\n" + " ".repeat(this.added.length());
		return (object == null || object.definition().isEmpty()) ? "" : margin + label
				+ String.join(margin + " ".repeat(label.length()), object.definition().lines().toList());
	}

}
