package dev.skein.scaffold;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

import dev.skein.catalog.Location;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A pom as Maven reads it, and its text.
 */
final class Pom {

	private final Path file;

	private final String text;

	private final Document document;

	private Pom(Path file, String text, Document document) {
		this.file = file;
		this.text = text;
		this.document = document;
	}

	static Pom read(Path file) {
		try {
			return of(file, Files.readString(file));
		}
		catch (CharacterCodingException ex) {
			throw refused(file, "is not UTF-8 text", "save it as UTF-8");
		}
		catch (IOException ex) {
			throw refused(file, "cannot be read: " + ex, "let this user read it");
		}
	}

	/**
	 * The pom with another text, which must be XML, too.
	 */
	Pom with(String changed) {
		return of(this.file, changed);
	}

	Path file() {
		return this.file;
	}

	String text() {
		return this.text;
	}

	/**
	 * What an XPath expression finds, blanks around it left out.
	 */
	String value(String expression) {
		try {
			return XPathFactory.newDefaultInstance().newXPath().evaluate(expression, this.document).strip();
		}
		catch (XPathExpressionException ex) {
			throw new IllegalArgumentException(expression, ex);
		}
	}

	/**
	 * How many elements of a path say this.
	 */
	int count(String path, String value) {
		return Integer.parseInt(value("count(" + path + "[normalize-space(.)='" + value + "'])"));
	}

	RefusedScaffoldException refused(String objection, String wayOut) {
		return refused(this.file, objection, wayOut);
	}

	private static RefusedScaffoldException refused(Path file, String objection, String wayOut) {
		return new RefusedScaffoldException('"' + Location.of(file).file() + "\" " + objection,
				"nothing was written; " + wayOut);
	}

	private static Pom of(Path file, String text) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			DocumentBuilder builder = factory.newDocumentBuilder();
			// The parser's own prints to the terminal
			builder.setErrorHandler(new DefaultHandler());
			return new Pom(file, text, builder.parse(new InputSource(new StringReader(text))));
		}
		catch (SAXException ex) {
			throw refused(file, "is not XML: " + ex.getMessage(), "mend it");
		}
		catch (IOException | ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
