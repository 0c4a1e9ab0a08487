package dev.skein.cli;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Text for people or JSON for machines.
 */
final class OutputOptions implements Options {

	/**
	 * How results are printed.
	 */
	enum Format {

		text, json

	}

	private Format format = Format.text;

	@Override
	public void declare(Arguments arguments) {
		arguments.option("--output", "FORMAT", "How to print the result: text or json (default: ${DEFAULT-VALUE}).")
			.otherwise("text")
			.as(Format.class, (format) -> this.format = format);
	}

	boolean json() {
		return this.format == Format.json;
	}

	/**
	 * Prints a view; the order of its components is the order of the fields.
	 */
	static void print(Surroundings surroundings, Record view) {
		JsonMapper mapper = JsonMapper.builder()
			.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.enable(SerializationFeature.INDENT_OUTPUT)
			.build();
		surroundings.print(mapper.writeValueAsString(view));
	}

}
