package dev.skein.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Cost against the number of services, both on logarithmic axes, as SVG: one panel for
 * each scenario, one line for each contestant, a stroke from least to most at each point.
 */
final class Picture {

	private static final int PANEL = 300;

	private static final int LEFT = 52;

	private static final int TOP = 84;

	private static final int WIDTH = 236;

	private static final int HEIGHT = 260;

	/**
	 * By the place of a contestant among all; each can be told from black and from white.
	 */
	private static final List<String> COLOURS = List.of("#848d97", "#2f81f7", "#39a0b8", "#d9730d", "#2da44e",
			"#a371f7", "#cf222e");

	private static final String HEAD = """
			<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img">
			<title>%s</title>
			<style>
			text { fill: #1f2328; font: 12px system-ui, sans-serif }
			.rule { stroke: #d8dee4 }
			.curve { fill: none; stroke-width: 2 }
			@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .rule { stroke: #30363d } }
			</style>
			""";

	private final StringBuilder svg = new StringBuilder();

	private final List<Result> results;

	private final LogScale across;

	private final LogScale up;

	private Picture(List<Result> results) {
		this.results = results;
		List<Integer> services = results.stream().map(Result::services).sorted().toList();
		this.across = LogScale.around(services.get(0), services.get(services.size() - 1), WIDTH);
		this.up = LogScale.around(results.stream().mapToDouble((result) -> result.seconds().min()).min().orElseThrow(),
				results.stream().mapToDouble((result) -> result.seconds().max()).max().orElseThrow(), HEIGHT);
	}

	/**
	 * Draws.
	 * @param results what was measured, of one number of services or more
	 * @param files how many files each service had
	 * @return the picture
	 */
	static String of(List<Result> results, int files) {
		Picture picture = new Picture(results);
		String title = "Seconds against the number of services, of %d files each".formatted(files);
		picture.svg.append(HEAD.formatted(Scenario.values().length * PANEL, TOP + HEIGHT + 48, title));
		picture.drawLegend();
		int left = LEFT;
		for (Scenario scenario : Scenario.values()) {
			picture.svg.append("<g transform=\"translate(%d %d)\">\n".formatted(left, TOP));
			picture.drawAxes(scenario);
			picture.contestants().forEach((contestant) -> picture.drawLine(scenario, contestant));
			picture.svg.append("</g>\n");
			left += PANEL;
		}
		return picture.svg.append("</svg>\n").toString();
	}

	private List<Contestant> contestants() {
		return this.results.stream().map(Result::contestant).distinct().toList();
	}

	private void drawLegend() {
		List<Contestant> contestants = contestants();
		for (int i = 0; i < contestants.size(); i++) {
			int x = LEFT + (i % Scenario.values().length) * PANEL;
			int y = 18 + (i / Scenario.values().length) * 20;
			stroke(x, y - 4, x + 22.0, y - 4, colour(contestants.get(i)));
			text(x + 28, y, "start", contestants.get(i).label());
		}
	}

	private void drawAxes(Scenario scenario) {
		text(WIDTH / 2.0, -8, "middle", scenario + ", seconds");
		for (double mark : this.up.marks()) {
			double y = HEIGHT - this.up.position(mark);
			rule(0, y, WIDTH, y);
			text(-6, y + 4, "end", plain(mark));
		}
		for (int services : this.results.stream().map(Result::services).distinct().toList()) {
			double x = this.across.position(services);
			rule(x, 0, x, HEIGHT);
			text(x, HEIGHT + 16, "middle", plain(services));
		}
		text(WIDTH / 2.0, HEIGHT + 36, "middle", "services");
	}

	private void drawLine(Scenario scenario, Contestant contestant) {
		String colour = colour(contestant);
		StringBuilder points = new StringBuilder();
		for (Result result : this.results) {
			if (result.scenario() == scenario && result.contestant().equals(contestant)) {
				double x = this.across.position(result.services());
				double y = HEIGHT - this.up.position(result.seconds().median());
				points.append("%s,%s ".formatted(pixels(x), pixels(y)));
				stroke(x, HEIGHT - this.up.position(result.seconds().min()), x,
						HEIGHT - this.up.position(result.seconds().max()), colour);
				this.svg.append(
						"<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>\n".formatted(pixels(x), pixels(y), colour));
			}
		}
		this.svg.append("<polyline class=\"curve\" points=\"%s\" stroke=\"%s\"/>\n".formatted(points.toString().strip(),
				colour));
	}

	private void rule(double x1, double y1, double x2, double y2) {
		line("class=\"rule\"", x1, y1, x2, y2);
	}

	private void stroke(double x1, double y1, double x2, double y2, String colour) {
		line("class=\"curve\" stroke=\"%s\"".formatted(colour), x1, y1, x2, y2);
	}

	private void line(String style, double x1, double y1, double x2, double y2) {
		this.svg.append("<line %s x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n".formatted(style, pixels(x1), pixels(y1),
				pixels(x2), pixels(y2)));
	}

	private void text(double x, double y, String anchor, String text) {
		this.svg.append(
				"<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n".formatted(pixels(x), pixels(y), anchor, text));
	}

	private static String colour(Contestant contestant) {
		return COLOURS.get(Contestants.IDS.indexOf(contestant.id()));
	}

	private static String pixels(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	private static String plain(double value) {
		return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
	}

}
