package dev.skein.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;

/**
 * Rows under headers.
 *
 * @param headers the names of the columns; those that begin with a blank are numbers
 * @param rows the rows
 */
record Table(List<String> headers, List<List<String>> rows) {

	static Table ofResults(List<Result> results) {
		String base = results.get(0).contestant().id();
		return new Table(
				List.of(" services", "case", "contestant", " seconds", " (min-max)", " × " + base, " (min-max)",
						" CPU s", " MiB"),
				results.stream()
					.map((result) -> List.of(Integer.toString(result.services()), result.scenario().toString(),
							result.contestant().label(), number(result.seconds().median()), range(result.seconds()),
							number(result.ratio().median()), range(result.ratio()), number(result.cpuSeconds()),
							(result.peakKib() == null) ? "?" : Long.toString(result.peakKib() >> 10)))
					.toList());
	}

	/**
	 * Skein's seconds as multiples of each of the others', and its processor time as a
	 * multiple of that of the other checkout.
	 */
	static Table ofRatios(List<PeerRatios> ratios) {
		List<String> headers = new ArrayList<>(List.of(" services", "case", "contestant"));
		for (String peer : ratios.get(0).seconds().keySet()) {
			headers.addAll(List.of(" × " + peer, " (min-max)"));
		}
		boolean compared = ratios.get(0).cpu() != null;
		if (compared) {
			headers.addAll(List.of(" CPU × " + EarlierSkein.ID, " (min-max)"));
		}
		return new Table(headers, ratios.stream().map((row) -> {
			List<String> cells = new ArrayList<>(
					List.of(Integer.toString(row.services()), row.scenario().toString(), row.contestant().label()));
			row.seconds().values().forEach((ratio) -> cells.addAll(List.of(number(ratio.median()), range(ratio))));
			if (row.cpu() != null) {
				cells.addAll(List.of(number(row.cpu().median()), range(row.cpu())));
			}
			return cells;
		}).toList());
	}

	static Table ofConversations(List<Conversation> conversations) {
		return new Table(
				List.of(" services", "case", "contestant", " statements", " per service", " round trips",
						" per service", " connections"),
				conversations.stream()
					.sorted(Comparator.comparing(Conversation::services).thenComparing(Conversation::scenario))
					.map((said) -> List.of(Integer.toString(said.services()), said.scenario().toString(),
							said.contestant().label(), Long.toString(said.statements()),
							number((double) said.statements() / said.services()), Integer.toString(said.roundTrips()),
							number((double) said.roundTrips() / said.services()), Integer.toString(said.connections())))
					.toList());
	}

	String asText() {
		Column[] columns = this.headers.stream().map((header) -> {
			HorizontalAlign align = isNumber(header) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
			return new Column().header(header.strip()).headerAlign(align).dataAlign(align);
		}).toArray(Column[]::new);
		return AsciiTable.builder()
			.border(AsciiTable.NO_BORDERS)
			.data(columns, this.rows.stream().map(List::toArray).toArray(Object[][]::new))
			.asString()
			.lines()
			.map(String::stripTrailing)
			.filter((line) -> !line.isEmpty())
			.collect(Collectors.joining("\n"));
	}

	String asMarkdown() {
		List<List<String>> lines = new ArrayList<>();
		lines.add(this.headers.stream().map(String::strip).toList());
		lines.add(this.headers.stream().map((header) -> isNumber(header) ? "---:" : "---").toList());
		lines.addAll(this.rows);
		return lines.stream()
			.map((cells) -> cells.stream().collect(Collectors.joining(" | ", "| ", " |")))
			.collect(Collectors.joining("\n"));
	}

	private static boolean isNumber(String header) {
		return header.startsWith(" ");
	}

	private static String range(Spread spread) {
		return number(spread.min()) + "-" + number(spread.max());
	}

	/**
	 * Three digits that count, or all before the point.
	 */
	private static String number(double value) {
		int decimals = (value < 1) ? 3 : (value < 10) ? 2 : (value < 100) ? 1 : 0;
		return String.format(Locale.ROOT, "%." + decimals + "f", value);
	}

}
