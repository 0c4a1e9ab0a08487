package dev.skein.cli;

import java.util.List;
import java.util.stream.Collectors;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.skein.text.PrintableText;

/**
 * A table without lines: columns that begin with a blank are numbers, to the right.
 */
final class TextTable {

	private TextTable() {
	}

	static String of(List<String> headers, List<List<String>> rows) {
		Column[] columns = headers.stream()
			.map((header) -> new Column().header(header.strip())
				.headerAlign(align(header))
				.dataAlign(align(header))
				.maxWidth(200))
			.toArray(Column[]::new);
		Object[][] data = rows.stream()
			.map((row) -> row.stream().map(PrintableText::line).toArray())
			.toArray(Object[][]::new);
		return AsciiTable.builder()
			.border(AsciiTable.NO_BORDERS)
			.data(columns, data)
			.asString()
			.lines()
			.map(String::stripTrailing)
			.filter((line) -> !line.isEmpty())
			.collect(Collectors.joining("\n"));
	}

	private static HorizontalAlign align(String header) {
		return header.startsWith(" ") ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
	}

}
