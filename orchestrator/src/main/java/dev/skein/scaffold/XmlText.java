package dev.skein.scaffold;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A well-formed XML document as text: knows where its elements stand, so that one can be
 * added and every other character stays as it is. A parser would lose how it was written.
 */
final class XmlText {

	private static final Pattern NO_MARKUP = Pattern.compile("<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>",
			Pattern.DOTALL);

	private static final Pattern TAG = Pattern.compile("<(/?)([^\\s/>]+)(?:[^>\"']++|\"[^\"]*\"|'[^']*')*+>");

	/**
	 * An element.
	 *
	 * @param path its name after those around it, such as {@code project/modules}
	 * @param start where its start tag begins
	 * @param content where its content begins
	 * @param contentEnd where its end tag begins
	 * @param end where that ends
	 */
	record Element(String path, int start, int content, int contentEnd, int end) {

		boolean contains(Element other) {
			return this.start < other.start && other.end <= this.contentEnd;
		}

	}

	private final String text;

	/** The text with blanks for whatever is no tag although it looks like one. */
	private final String tags;

	private final List<Element> elements = new ArrayList<>();

	XmlText(String text) {
		this.text = text;
		this.tags = NO_MARKUP.matcher(text).replaceAll((match) -> " ".repeat(match.group().length()));
		Deque<Element> open = new ArrayDeque<>();
		Matcher tag = TAG.matcher(this.tags);
		while (tag.find()) {
			boolean closing = !tag.group(1).isEmpty();
			if (closing) {
				Element element = open.pop();
				this.elements
					.add(new Element(element.path(), element.start(), element.content(), tag.start(), tag.end()));
				continue;
			}
			String path = (open.isEmpty() ? "" : open.peek().path() + "/") + tag.group(2);
			Element element = new Element(path, tag.start(), tag.end(), tag.end(), tag.end());
			if (tag.group().endsWith("/>")) {
				this.elements.add(element);
			}
			else {
				open.push(element);
			}
		}
	}

	/**
	 * The elements of a path, in the order of their ends.
	 */
	List<Element> elements(String path) {
		return this.elements.stream().filter((element) -> element.path().equals(path)).toList();
	}

	String content(Element element) {
		return this.text.substring(element.content(), element.contentEnd()).strip();
	}

	/**
	 * The blanks at the beginning of an element's line.
	 */
	String indentation(Element element) {
		int begin = this.text.lastIndexOf('\n', element.start()) + 1;
		int end = begin;
		while (end < element.start() && Character.isWhitespace(this.text.charAt(end))) {
			end++;
		}
		return this.text.substring(begin, end);
	}

	/**
	 * The text with lines after an element, and after a comment on the rest of its line.
	 */
	String withLinesAfter(Element element, List<String> lines) {
		int end = this.text.indexOf('\n', element.end());
		if (end < 0 || !this.tags.substring(element.end(), end).isBlank()) {
			end = element.end();
		}
		else if (this.text.charAt(end - 1) == '\r') {
			end--;
		}
		String lineBreak = this.text.contains("\r\n") ? "\r\n" : "\n";
		return this.text.substring(0, end) + lineBreak + String.join(lineBreak, lines) + this.text.substring(end);
	}

}
