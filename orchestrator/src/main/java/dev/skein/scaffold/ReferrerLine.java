package dev.skein.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.skein.catalog.Location;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;

/**
 * Writes into the manifest of a service that another one may refer to its tables, and
 * leaves everything else in it as it is.
 */
final class ReferrerLine {

	private static final Pattern ANY = Pattern.compile("(?m)^referenced_by\\s*:");

	private static final Pattern IN_ONE_LINE = Pattern.compile("(?m)^(referenced_by\\s*:\\s*\\[)([^\\]\\n]*)(\\].*)$");

	private static final Pattern BELOW = Pattern.compile(
			"(?m)^referenced_by\\s*:[ \\t]*(?:#.*)?\\n(?:[ \\t]*#.*\\n|[ \\t]*\\n)*(?:([ \\t]*- ).*(?:\\n|\\z))++");

	private ReferrerLine() {
	}

	/**
	 * The change of a manifest.
	 * @param service whose tables are referred to
	 * @param by the service that refers to them
	 * @return the change, or nothing where the manifest says so already
	 * @throws RefusedScaffoldException if the line has to be written by a person
	 */
	static Optional<Change> in(ServiceDefinition service, String by) {
		if (service.referencedBy().all()
				|| (ServiceName.isLegal(by) && service.referencedBy().admit(new ServiceName(by)))) {
			return Optional.empty();
		}
		Path file = Path.of(service.location().file());
		try {
			String text = Files.readString(file);
			return Optional.of(new ChangedFile(file, text, with(text, by).orElseThrow(() -> byHand(service, by))));
		}
		catch (IOException ex) {
			throw byHand(service, by);
		}
	}

	private static RefusedScaffoldException byHand(ServiceDefinition service, String by) {
		return new RefusedScaffoldException(
				"the manifest of service \"" + service.name() + "\" cannot be changed, at "
						+ Location.of(service.location().file()),
				"nothing was written; leave --refers-to " + service.name() + " out, and add " + by
						+ " to referenced_by there");
	}

	/**
	 * The text of a manifest with one name more.
	 * @return it, or nothing where the list is written in a way that is not understood
	 * here
	 */
	static Optional<String> with(String text, String by) {
		Matcher list = IN_ONE_LINE.matcher(text);
		if (list.find()) {
			String names = list.group(2).isBlank() ? by
					: list.group(2).stripTrailing().replaceFirst(",$", "") + ", " + by;
			return Optional.of(text.substring(0, list.start()) + list.group(1) + names + list.group(3)
					+ text.substring(list.end()));
		}
		Matcher below = BELOW.matcher(text);
		if (below.find()) {
			String before = text.substring(0, below.end());
			return Optional.of((before.endsWith("\n") ? before : before + "\n") + below.group(1) + by + "\n"
					+ text.substring(below.end()));
		}
		if (ANY.matcher(text).find() || text.stripLeading().startsWith("{") || text.contains("\n...")) {
			return Optional.empty();
		}
		return Optional
			.of((text.isEmpty() || text.endsWith("\n") ? text : text + "\n") + "referenced_by: [" + by + "]\n");
	}

}
