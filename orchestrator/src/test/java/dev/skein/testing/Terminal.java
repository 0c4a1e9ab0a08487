package dev.skein.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.skein.Application;
import dev.skein.cli.CommandLineFace;
import dev.skein.cli.Surroundings;
import dev.skein.migration.RunOrigin;
import dev.skein.text.PrintableWriter;

/**
 * The terminal of a page's reader: {@code skein} runs in this JVM on a database "app",
 * {@code psql} and {@code curl} are spoken as far as the pages need them, everything else
 * is the shell's.
 */
public final class Terminal implements AutoCloseable {

	private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

	/** A line that was written and taken back. */
	private static final Pattern CLEARED = Pattern.compile("[^\n]*\r\u001B\\[K");

	private final TestDatabase database;

	private final Path folder;

	private final List<Thread> background = new ArrayList<>();

	private int code;

	private int port;

	/**
	 * A terminal in a folder.
	 */
	public Terminal(TestDatabase database, Path folder) {
		this.database = database;
		this.folder = folder;
	}

	/**
	 * What the terminal shows after a command, both streams in the order in which they
	 * come.
	 */
	public String type(String command) {
		List<String> words = words(command);
		String shown = switch (words.get(0)) {
			case "skein" -> command.endsWith(" &") ? inBackground(words) : skein(command);
			case "psql" -> this.database.table(words.contains("-f") ? file(words) : words.get(words.size() - 1));
			case "curl" -> WebAnswer.of(words.get(words.size() - 1).replace(":8080/", ":" + this.port + "/"));
			case "echo" -> command.equals("echo $?") ? this.code + "\n" : shell(command, "");
			default -> shell(command, "");
		};
		return asOnAnyMachine(shown);
	}

	private String file(List<String> words) {
		try {
			return Files.readString(this.folder.resolve(words.get(words.size() - 1)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int code() {
		return this.code;
	}

	private String skein(String command) {
		int pipe = command.indexOf(" | ");
		StringWriter err = new StringWriter();
		StringWriter out = (pipe < 0) ? err : new StringWriter();
		this.code = run(words((pipe < 0) ? command : command.substring(0, pipe)), out, err);
		return CLEARED.matcher(err.toString()).replaceAll("")
				+ ((pipe < 0) ? "" : shell(command.substring(pipe + 3), out.toString()));
	}

	/**
	 * Shows only what a command says before it serves.
	 */
	private String inBackground(List<String> words) {
		this.port = freePort();
		List<String> started = new ArrayList<>(words.subList(0, words.size() - 1));
		started.replaceAll((word) -> word.equals("8080") ? String.valueOf(this.port) : word);
		StringWriter shown = new StringWriter();
		Thread thread = new Thread(() -> run(started, shown, shown), "page-background");
		this.background.add(thread);
		thread.start();
		WebAnswer.await("http://localhost:" + this.port + "/actuator/health");
		return shown.toString();
	}

	private int run(List<String> words, StringWriter out, StringWriter err) {
		List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
		// The server of the pages is one that TLS verifies; the one here is on loopback.
		arguments.replaceAll((word) -> word
			.replace("db.example:5432", this.database.settings().host() + ":" + this.database.settings().port())
			.replace("?sslmode=verify-full", ""));
		for (int i = 1; i < arguments.size(); i++) {
			if (arguments.get(i - 1).equals("--services") || arguments.get(i).endsWith(".dump")) {
				arguments.set(i, this.folder.resolve(arguments.get(i)).toString());
			}
		}
		PrintableWriter errors = new PrintableWriter(err);
		Surroundings surroundings = new Surroundings((out == err) ? errors : new PrintableWriter(out), errors,
				new BufferedReader(new StringReader("")),
				Map.of("SPRING_DATASOURCE_URL", this.database.url(), "SPRING_DATASOURCE_USERNAME",
						String.valueOf(this.database.settings().user()), "PATH", System.getenv("PATH")),
				true, List.of(), CommandRun.HOME, () -> CommandRun.TODAY);
		return CommandLineFace.run(arguments.toArray(String[]::new), new Application(), surroundings);
	}

	private String shell(String command, String input) {
		try {
			Process process = new ProcessBuilder("bash", "-c", command).directory(this.folder.toFile())
				.redirectErrorStream(true)
				.start();
			try (var stdin = process.getOutputStream()) {
				stdin.write(input.getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				// Such as head: it has read enough.
			}
			String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			this.code = process.waitFor();
			return shown;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static List<String> words(String command) {
		return WORD.matcher(command)
			.results()
			.map((word) -> (word.group(1) != null) ? word.group(1)
					: (word.group(2) != null) ? word.group(2) : word.group(3))
			.collect(Collectors.toCollection(ArrayList::new));
	}

	private String asOnAnyMachine(String shown) {
		return shown.replace(this.folder + "/", "")
			.replace(CommandRun.HOME.toString(), ".skein")
			.replace(this.database.settings().host() + ":" + this.database.settings().port(), "db.example:5432")
			.replace(":" + this.port + "/", ":8080/")
			.replace("from " + RunOrigin.here().host() + ":", "from deploy-1:");
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.background.forEach(Thread::interrupt);
	}

}
