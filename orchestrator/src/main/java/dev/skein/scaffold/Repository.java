package dev.skein.scaffold;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The repository of a platform whose services are Maven modules: where the orchestrator
 * takes them onto its class path, so that a container carries them.
 */
public final class Repository {

	private static final String POM = "pom.xml";

	private static final String MODULES = "project/modules/module";

	private static final String DEPENDENCIES = "project/dependencies/dependency";

	private final Path services;

	private final Path orchestrator;

	private Repository(Path services) {
		this.services = services;
		this.orchestrator = services.resolveSibling("orchestrator");
	}

	/**
	 * Finds the repository around the built-in services.
	 * @param builtin their folders
	 * @return the repository; nothing where they come from the class path
	 */
	public static Optional<Repository> around(List<Path> builtin) {
		return builtin.stream()
			.map((folder) -> folder.toAbsolutePath().normalize())
			.filter((folder) -> folder.endsWith("services"))
			.map(Repository::new)
			.filter((found) -> Stream.of(found.services, found.orchestrator)
				.allMatch((module) -> Files.exists(module.resolve(POM))))
			.findFirst();
	}

	Path services() {
		return this.services;
	}

	/**
	 * Why no module can have a name, whatever the catalog says.
	 */
	Optional<String> objectionTo(String name) {
		boolean taken = Pom.read(this.services.resolve(POM)).value("/project/artifactId").equals(name);
		return taken
				? Optional.of("service name \"" + name + "\" is that of the modules' parent in Maven: choose another")
				: Optional.empty();
	}

	/**
	 * The pom of a new module, as its neighbours have it.
	 */
	String modulePom(String name) {
		Pom parent = Pom.read(this.services.resolve(POM));
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<project xmlns="http://maven.apache.org/POM/4.0.0" \
				xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
				xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
					<modelVersion>4.0.0</modelVersion>

					<parent>
						<groupId>%s</groupId>
						<artifactId>%s</artifactId>
						<version>%s</version>
					</parent>

					<artifactId>%s</artifactId>
				</project>
				""".formatted(groupId(parent), parent.value("/project/artifactId"), inherited(parent, "version"), name);
	}

	/**
	 * The changes that make a module part of the build, and of what the container holds.
	 */
	List<Change> registration(String name) {
		Pom parent = Pom.read(this.services.resolve(POM));
		Pom orchestrator = Pom.read(this.orchestrator.resolve(POM));
		return List.of(changed(parent, withModule(parent, name), "/" + MODULES, name),
				changed(orchestrator, withDependency(orchestrator, groupId(parent), name),
						"/" + DEPENDENCIES + "[normalize-space(groupId)='" + groupId(parent) + "']/artifactId", name));
	}

	private static String withModule(Pom pom, String name) {
		XmlText xml = new XmlText(pom.text());
		XmlText.Element last = last(xml.elements(MODULES), pom, "lists no module");
		return xml.withLinesAfter(last, List.of(xml.indentation(last) + "<module>" + name + "</module>"));
	}

	private static String withDependency(Pom pom, String groupId, String name) {
		XmlText xml = new XmlText(pom.text());
		List<XmlText.Element> groups = xml.elements(DEPENDENCIES + "/groupId")
			.stream()
			.filter((group) -> xml.content(group).equals(groupId))
			.toList();
		XmlText.Element group = last(groups, pom, "has no dependency on a service");
		XmlText.Element dependency = xml.elements(DEPENDENCIES)
			.stream()
			.filter((one) -> one.contains(group))
			.findFirst()
			.orElseThrow();
		String outer = xml.indentation(dependency);
		String inner = xml.indentation(group);
		return xml.withLinesAfter(dependency,
				List.of(outer + "<dependency>", inner + "<groupId>" + groupId + "</groupId>",
						inner + "<artifactId>" + name + "</artifactId>",
						inner + "<version>${project.version}</version>", inner + "<scope>runtime</scope>",
						outer + "</dependency>"));
	}

	private static XmlText.Element last(List<XmlText.Element> elements, Pom pom, String objection) {
		if (elements.isEmpty()) {
			throw pom.refused(objection, "there is no place to add one: write the first by hand");
		}
		return elements.get(elements.size() - 1);
	}

	/**
	 * Makes sure that the name is there once after the change, and was not before.
	 */
	private static Change changed(Pom pom, String text, String path, String name) {
		if (pom.count(path, name) > 0) {
			throw pom.refused("names \"" + name + "\" already", "take that out, or choose another name");
		}
		if (pom.with(text).count(path, name) != 1) {
			throw pom.refused("is written in a way that Skein cannot add to", "add \"" + name + "\" by hand");
		}
		return new ChangedFile(pom.file(), pom.text(), text);
	}

	private static String groupId(Pom pom) {
		return inherited(pom, "groupId");
	}

	private static String inherited(Pom pom, String element) {
		String own = pom.value("/project/" + element);
		return own.isEmpty() ? pom.value("/project/parent/" + element) : own;
	}

}
