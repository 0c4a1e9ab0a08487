package dev.skein.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The seeds of one service, sorted out of the files in its folder.
 *
 * @param profiles the files of each profile, in the order of their names
 */
record SeedFolder(Map<ProfileName, List<Migration>> profiles) {

	private static final String SUFFIX = ".sql";

	private static final FileRules SEED = new FileRules(FileRules.Kind.SEED, false, "");

	static SeedFolder read(ServiceFolder folder, List<Problem> problems) {
		return new Reading(problems).read(folder.seeds());
	}

	/**
	 * The same files as those of a service that owns a schema.
	 */
	SeedFolder in(SchemaName schema) {
		Map<ProfileName, List<Migration>> all = new TreeMap<>(this.profiles);
		all.replaceAll((profile, files) -> files.stream().map((file) -> file.in(schema)).toList());
		return new SeedFolder(all);
	}

	/**
	 * One pass over a folder, which names a wrong profile once.
	 */
	private static final class Reading {

		private final List<Problem> problems;

		private final TreeMap<ProfileName, TreeMap<String, Migration>> files = new TreeMap<>();

		private final Set<String> illegal = new HashSet<>();

		Reading(List<Problem> problems) {
			this.problems = problems;
		}

		SeedFolder read(List<ServiceFolder.Entry> entries) {
			for (ServiceFolder.Entry entry : entries) {
				String[] path = entry.within().split("/", -1);
				if (entry.isAside() || path[1].startsWith(".")) {
					continue;
				}
				if (path.length > 2 || entry.folder()) {
					add(path[1], entry, path.length > 2);
				}
				else {
					report(entry.path(), "file \"" + entry.name() + "\" belongs to no profile",
							"put it into the folder of one, such as " + ServiceSource.SEEDS + "/development");
				}
			}
			Map<ProfileName, List<Migration>> profiles = new TreeMap<>();
			this.files.forEach((profile, seeds) -> profiles.put(profile, new ArrayList<>(seeds.values())));
			return new SeedFolder(profiles);
		}

		private void add(String profile, ServiceFolder.Entry entry, boolean inside) {
			if (!ProfileName.isLegal(profile)) {
				if (this.illegal.add(profile)) {
					report(inside ? folderOf(entry) : entry.path(), "profile name \"" + profile + "\" is not legal",
							"use " + ServiceName.RULE);
				}
			}
			else if (inside && (entry.folder() || !entry.name().endsWith(SUFFIX))) {
				report(entry.path(), (entry.folder() ? "folder" : "file") + " \"" + entry.name() + "\" is no seed",
						"seeds are files NAME" + SUFFIX + ", which run in the order of their names");
			}
			else if (inside) {
				add(new ProfileName(profile), entry);
			}
		}

		private void add(ProfileName profile, ServiceFolder.Entry entry) {
			SqlScript script = Utf8.script(entry.within(), entry, this.problems);
			if (script == null) {
				return;
			}
			Problem header = TransactionRule.objectionToHeader(script);
			if (header != null) {
				this.problems.add(header);
			}
			for (Requirement requirement : RequirementHeader.read(script, this.problems)) {
				this.problems.add(new CatalogProblem(requirement.location(),
						"seed \"" + entry.name() + "\" requires \"" + requirement + "\", which only a migration can",
						"all services are migrated before; to read \"" + requirement.service()
								+ "\", add it to requires in " + ServiceSource.MANIFEST));
			}
			String name = entry.name().substring(0, entry.name().length() - SUFFIX.length());
			this.files.computeIfAbsent(profile, (key) -> new TreeMap<>())
				.put(entry.name(), new Migration(null, name, script, List.of(), false, SEED));
		}

		/**
		 * Its folder, as a report names it; in a jar only files are entries.
		 */
		private static String folderOf(ServiceFolder.Entry entry) {
			int slash = entry.path().lastIndexOf('/');
			return (slash < 0) ? "." : entry.path().substring(0, slash);
		}

		private void report(String file, String message, String hint) {
			this.problems.add(new CatalogProblem(Location.of(file), message, hint));
		}

	}

}
