package dev.skein.flyway;

import java.io.Reader;
import java.io.StringReader;

import dev.skein.catalog.SqlScript;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * A file as Flyway's parser reads it, from the text that was read already.
 */
final class ScriptResource extends LoadableResource {

	private final SqlScript script;

	ScriptResource(SqlScript script) {
		this.script = script;
	}

	@Override
	public Reader read() {
		return new StringReader(this.script.text());
	}

	@Override
	public String getAbsolutePath() {
		return this.script.location().file();
	}

	@Override
	public String getAbsolutePathOnDisk() {
		return this.script.location().file();
	}

	@Override
	public String getFilename() {
		return this.script.name();
	}

	@Override
	public String getRelativePath() {
		return this.script.name();
	}

}
