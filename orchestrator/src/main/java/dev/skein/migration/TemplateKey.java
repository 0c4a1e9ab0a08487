package dev.skein.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.skein.catalog.ForeignTool;
import dev.skein.catalog.Migration;
import dev.skein.catalog.Referrers;
import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceSource;
import dev.skein.plan.MigrationPlan;
import dev.skein.plan.Step;
import org.jspecify.annotations.Nullable;

/**
 * Tells databases that a plan made from nothing from those that another made: a digest of
 * everything that decides the result.
 *
 * @param digest a SHA-256 digest in hexadecimal digits
 */
public record TemplateKey(String digest) {

	/** How much of the digest names the template: 64 bits. */
	private static final int SHORT = 16;

	/**
	 * The key of a plan. What a foreign tool does is decided by the files of its folder,
	 * as far as anybody can tell; downloaded packages count by what names their versions
	 * there.
	 * @param plan the plan
	 * @param isolation as whom its files run
	 * @param ledger the ledger's own migrations
	 * @param server the server's version and the user there
	 * @return the key
	 */
	public static TemplateKey of(MigrationPlan plan, Isolation isolation, ServiceDefinition ledger, String server) {
		Digest digest = new Digest();
		digest.add(RunOrigin.here().version(), server, isolation.label());
		digest.add(ledger);
		for (ServiceDefinition service : plan.services()) {
			digest.add(service);
		}
		for (Step step : plan.steps()) {
			digest.add(step.service().name().value());
			step.migrations().forEach((migration) -> digest.add(migration.script().name()));
		}
		return new TemplateKey(digest.end());
	}

	/**
	 * What names the template.
	 * @return the first 16 of the digits
	 */
	public String shortened() {
		return this.digest.substring(0, SHORT);
	}

	/**
	 * Takes in texts so that no two lists of them look the same.
	 */
	private static final class Digest {

		private final MessageDigest sha;

		Digest() {
			try {
				this.sha = MessageDigest.getInstance("SHA-256");
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("every JDK has SHA-256", ex);
			}
		}

		void add(@Nullable String... texts) {
			for (String text : texts) {
				add(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
			}
		}

		void add(ServiceDefinition service) {
			add(service.name().value(), service.schema().value());
			add("requires", service.requires().toString());
			add("referenced_by", String.valueOf(service.referencedBy().all()),
					service.referencedBy().named().stream().map(Referrers.Named::service).toList().toString());
			add("tables", service.tables().toString());
			add("extensions", service.extensions().toString());
			service.versioned().forEach(this::add);
			service.repeatable().forEach(this::add);
			if (service.tool() != null) {
				add(service.tool());
			}
		}

		String end() {
			return HexFormat.of().formatHex(this.sha.digest());
		}

		private void add(Migration migration) {
			add(migration.script().name(), String.valueOf(migration.version()), migration.script().text());
			// Rows of a large file are not in its text.
			add(String.valueOf(migration.script().checksum()));
			add(migration.requires().toString(), String.valueOf(migration.runsAlone()));
		}

		private void add(ForeignTool tool) {
			add("run", tool.run().toString());
			try {
				for (var file : files(tool.folder()).entrySet()) {
					add(file.getKey());
					add(Files.readAllBytes(file.getValue()));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void add(byte[] bytes) {
			this.sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
			this.sha.update(bytes);
		}

		private static SortedMap<String, Path> files(Path root) throws IOException {
			SortedMap<String, Path> files = new TreeMap<>();
			Files.walkFileTree(root, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
					boolean skipped = !folder.equals(root) && ServiceSource.leavesOut(folder.getFileName() + "");
					return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (attributes.isRegularFile()) {
						files.put(root.relativize(file).toString(), file);
					}
					return FileVisitResult.CONTINUE;
				}

			});
			return files;
		}

	}

}
