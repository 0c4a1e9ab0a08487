package dev.skein.flyway;

import java.io.Reader;

import dev.skein.catalog.Migration;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * A file as Flyway's parser reads it, from the text that was read already.
 */
final class ScriptResource extends LoadableResource {

	private final Migration file;

	ScriptResource(Migration file) {
		this.file = file;
	}

	@Override
	public Reader read() {
		return new EndedReader(this.file.executed());
	}

	@Override
	public String getAbsolutePath() {
		return this.file.script().location().file();
	}

	@Override
	public String getAbsolutePathOnDisk() {
		return this.file.script().location().file();
	}

	@Override
	public String getFilename() {
		return this.file.script().name();
	}

	@Override
	public String getRelativePath() {
		return this.file.script().name();
	}

}
