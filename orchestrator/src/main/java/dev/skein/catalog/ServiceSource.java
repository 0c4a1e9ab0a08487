package dev.skein.catalog;

import java.nio.file.Path;
import java.util.List;

/**
 * A place where services are found.
 */
public sealed interface ServiceSource permits DirectorySource, ClassPathSource {

	/**
	 * The name of every manifest.
	 */
	String MANIFEST = "service.yml";

	/**
	 * The name of the folder beside it.
	 */
	String MIGRATIONS = "migrations";

	/** The folder beside a manifest that holds a folder of seeds for each profile. */
	String SEEDS = "seeds";

	/**
	 * Services in folders: every {@code service.yml} below any of these, however deep.
	 * Hidden folders, {@code target} and {@code node_modules} are left out; a folder
	 * reached twice counts once.
	 * @param roots where to look
	 * @return the source
	 */
	static ServiceSource directories(List<Path> roots) {
		return new DirectorySource(roots, false);
	}

	/**
	 * The same, where services are about to be made: a folder that does not exist, or
	 * holds no service, is no problem yet.
	 * @param roots where to look
	 * @return the source
	 */
	static ServiceSource beginnings(List<Path> roots) {
		return new DirectorySource(roots, true);
	}

	/**
	 * Whether no service is ever found in folders of this name.
	 * @param folder the name
	 * @return {@code true} if they are left out
	 */
	static boolean leavesOut(String folder) {
		return DirectorySource.leavesOut(folder);
	}

	/**
	 * Services packed as {@code skein/NAME/service.yml} on the class path.
	 * @param loader whose class path
	 * @return the source
	 */
	static ServiceSource classPath(ClassLoader loader) {
		return new ClassPathSource(loader);
	}

	/**
	 * Whether it is no problem that there is no service.
	 * @return {@code false} where somebody says that there is one
	 */
	boolean mayBeEmpty();

	/**
	 * Reads every manifest and every file in its migrations folder.
	 * @param problems takes what cannot be read
	 * @return what could be read
	 */
	List<ServiceFolder> folders(List<Problem> problems);

}
