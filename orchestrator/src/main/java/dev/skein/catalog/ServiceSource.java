package dev.skein.catalog;

import java.nio.file.Path;
import java.util.List;

/**
 * A place where services are found.
 */
public sealed interface ServiceSource permits DirectorySource, ClassPathSource {

	/**
	 * Services in folders: every {@code service.yml} below any of these, however deep.
	 * Hidden folders, {@code target} and {@code node_modules} are left out; a folder
	 * reached twice counts once.
	 * @param roots where to look
	 * @return the source
	 */
	static ServiceSource directories(List<Path> roots) {
		return new DirectorySource(roots);
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
	 * Reads every manifest and every file in its migrations folder.
	 * @param problems takes what cannot be read
	 * @return what could be read
	 */
	List<ServiceFolder> folders(List<Problem> problems);

}
