package dev.skein.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML mapping whose values are asked for by type; what does not fit is reported with
 * its line and reads as absent. Works on SnakeYAML's nodes, so that no object is ever
 * constructed from the document.
 */
class YamlMapping {

	/**
	 * A text and where it stands.
	 *
	 * @param value the text
	 * @param location its place
	 */
	record Text(String value, Location location) {

	}

	private final String file;

	private final List<Problem> problems;

	private final Map<String, Node> values = new LinkedHashMap<>();

	YamlMapping(String file, MappingNode node, List<String> known, List<Problem> problems) {
		this.file = file;
		this.problems = problems;
		for (NodeTuple tuple : node.getValue()) {
			String key = (tuple.getKeyNode() instanceof ScalarNode scalar) ? scalar.getValue() : "?";
			if (!known.contains(key)) {
				report(tuple.getKeyNode(), "key \"" + key + "\" is unknown",
						orElse(Suggestion.didYouMean(key, known), "known keys: " + String.join(", ", known)));
			}
			else if (this.values.put(key, tuple.getValueNode()) != null) {
				report(tuple.getKeyNode(), "key \"" + key + "\" is there twice", null);
			}
		}
	}

	/**
	 * The text under a key.
	 * @param key the key
	 * @return the text, or {@code null} where there is none (which is reported, if there
	 * is something else)
	 */
	@Nullable Text text(String key) {
		Node node = this.values.get(key);
		if (node == null) {
			return null;
		}
		if (node.getTag().equals(Tag.STR)) {
			return new Text(((ScalarNode) node).getValue(), at(node));
		}
		report(node, "\"" + key + "\" must be text, not " + kind(node),
				isScalar(node) && !node.getTag().equals(Tag.NULL) ? "put it in quotes" : null);
		return null;
	}

	/**
	 * The text under a key that may look like a number.
	 * @param key the key
	 * @return the text as it is written, or {@code null} as for {@link #text}
	 */
	@Nullable Text textOrNumber(String key) {
		Node node = this.values.get(key);
		return (node instanceof ScalarNode number && node.getTag().equals(Tag.INT))
				? new Text(number.getValue(), at(node)) : text(key);
	}

	/**
	 * The texts listed under a key.
	 * @param key the key
	 * @param legal which texts are legal
	 * @param rule what makes them so, for the report
	 * @return the legal ones, each once
	 */
	List<Text> texts(String key, Predicate<String> legal, String rule) {
		Map<String, Text> texts = new LinkedHashMap<>();
		for (Text text : items(key)) {
			if (!legal.test(text.value())) {
				report(text.location(), "\"" + text.value() + "\" in \"" + key + "\" is not legal", rule);
			}
			else if (texts.putIfAbsent(text.value(), text) != null) {
				report(text.location(), "\"" + text.value() + "\" is listed twice in \"" + key + "\"", null);
			}
		}
		return new ArrayList<>(texts.values());
	}

	/**
	 * Everything that is listed under a key.
	 * @param key the key
	 * @return the texts, in their order; empty where there is no such list
	 */
	List<Text> items(String key) {
		Node node = this.values.get(key);
		if (node == null) {
			return List.of();
		}
		if (!(node instanceof SequenceNode sequence)) {
			report(node, "\"" + key + "\" must be a list, not " + kind(node), "write it as [a, b], or as lines of - a");
			return List.of();
		}
		List<Text> items = new ArrayList<>();
		for (Node item : sequence.getValue()) {
			if (item.getTag().equals(Tag.STR)) {
				items.add(new Text(((ScalarNode) item).getValue(), at(item)));
			}
			else {
				report(item, "\"" + key + "\" must list texts, not " + kind(item),
						isScalar(item) ? "put it in quotes" : null);
			}
		}
		return items;
	}

	/**
	 * Whether a list stands under a key.
	 */
	boolean isList(String key) {
		return this.values.get(key) instanceof SequenceNode;
	}

	/**
	 * Where a key's value stands.
	 * @param key the key
	 * @return its place, or {@code null} where the key is not there
	 */
	@Nullable Location place(String key) {
		Node node = this.values.get(key);
		return (node == null) ? null : at(node);
	}

	private void report(Node node, String message, @Nullable String hint) {
		report(at(node), message, hint);
	}

	/**
	 * Reports a value that the reader of its key does not take.
	 */
	void report(Location location, String message, @Nullable String hint) {
		this.problems.add(new CatalogProblem(location, message, hint));
	}

	private Location at(Node node) {
		return new Location(this.file, node.getStartMark().getLine() + 1);
	}

	private static boolean isScalar(Node node) {
		return node instanceof ScalarNode;
	}

	/**
	 * A node's kind in words that need no knowledge of YAML's tags.
	 */
	static String kind(Node node) {
		if (node instanceof MappingNode) {
			return "a mapping";
		}
		if (node instanceof SequenceNode) {
			return "a list";
		}
		if (node.getTag().equals(Tag.NULL)) {
			return "empty";
		}
		if (node.getTag().equals(Tag.BOOL)) {
			return "a yes or no";
		}
		if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
			return "a number";
		}
		return node.getTag().equals(Tag.STR) ? "text" : "a value of type " + node.getTag().getValue();
	}

	private static String orElse(@Nullable String text, String other) {
		return (text != null) ? text : other;
	}

}
