package dev.skein.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Declares to picocli what a command takes. That is code, where picocli offers
 * annotations: for those the JVM makes classes anew at each start, and a run that finds
 * nothing to do spent a quarter of its time on them.
 */
final class Arguments {

	private final CommandSpec command;

	private final Consumer<ArgSpec> receiver;

	Arguments(CommandSpec command) {
		this(command, command::add);
	}

	private Arguments(CommandSpec command, Consumer<ArgSpec> receiver) {
		this.command = command;
		this.receiver = receiver;
	}

	/**
	 * The options that every command has. Without the standard {@code --version}, which
	 * says nothing below skein itself.
	 */
	void help() {
		this.receiver.accept(OptionSpec.builder("-h", "--help")
			.usageHelp(true)
			.description("Show this help message and exit.")
			.build());
		// Read before the command line is, see there
		option(LogFile.OPTION, "FILE",
				"Append all that is printed to this file, too, each line with its time" + " (SKEIN_LOG_FILE).")
			.as(String.class, (file) -> {
			});
	}

	void add(Options... groups) {
		for (Options group : groups) {
			group.declare(this);
		}
	}

	/**
	 * An option without a value.
	 * @param names its name, or several with a space between them
	 * @param field takes that it is given
	 */
	void flag(String names, String description, Consumer<Boolean> field) {
		new Option(OptionSpec.builder(names.split(" ")).description(description)).as(boolean.class, field);
	}

	/**
	 * An option without a value, which is asked for, unseen.
	 * @param field takes the answer
	 */
	void secret(String name, String question, String description, Consumer<char[]> field) {
		new Option(OptionSpec.builder(name).interactive(true).echo(false).prompt(question).description(description))
			.as(char[].class, field);
	}

	/**
	 * An option with a value.
	 * @param label what stands for the value in the help
	 */
	Option option(String name, String label, String description) {
		return new Option(OptionSpec.builder(name).paramLabel(label).description(description));
	}

	/**
	 * A value by itself, without which the command does not run.
	 * @param index its place among them, from 0
	 */
	<T> void parameter(int index, String label, String description, Class<T> type, Consumer<T> field) {
		declare(PositionalParamSpec.builder()
			.index(String.valueOf(index))
			.required(true)
			.paramLabel(label)
			.description(description)
			.type(type), field);
	}

	/**
	 * Values by themselves, as many as there are.
	 * @param index the place of the first among all, from 0
	 * @param least how many there must be
	 */
	void parameters(int index, int least, String label, String description, Consumer<List<String>> field) {
		declare(PositionalParamSpec.builder()
			.index(index + "..*")
			.arity(least + "..*")
			.required(least > 0)
			.paramLabel(label)
			.description(description)
			.type(List.class)
			.auxiliaryTypes(String.class), field);
	}

	private <T> void declare(PositionalParamSpec.Builder whole, Consumer<T> field) {
		Place<T> place = new Place<>(field);
		this.receiver.accept(whole.hasInitialValue(false).getter(place).setter(place).build());
	}

	/**
	 * Options of which exactly one is given.
	 */
	void oneOf(Options options) {
		group(ArgGroupSpec.builder().exclusive(true).multiplicity("1"), options);
	}

	/**
	 * Options that are given together, as often as one likes.
	 */
	void repeated(Options options) {
		group(ArgGroupSpec.builder().exclusive(false).multiplicity("0..*"), options);
	}

	private void group(ArgGroupSpec.Builder group, Options options) {
		options.declare(new Arguments(this.command, group::addArg));
		this.command.addArgGroup(group.build());
	}

	/**
	 * An option that is declared when it is known where its value goes.
	 */
	final class Option {

		private final OptionSpec.Builder builder;

		private Option(OptionSpec.Builder builder) {
			this.builder = builder;
		}

		Option required() {
			this.builder.required(true);
			return this;
		}

		/**
		 * Takes several values with commas between them.
		 */
		Option split() {
			this.builder.splitRegex(",");
			return this;
		}

		/**
		 * What it is where it is not given, in the words of the command line.
		 */
		Option otherwise(String value) {
			this.builder.defaultValue(value);
			return this;
		}

		/**
		 * Takes one value.
		 */
		<T> void as(Class<T> type, Consumer<T> field) {
			if (type == Duration.class) {
				this.builder.converters(new DurationConverter());
			}
			declare(this.builder.type(type), field);
		}

		/**
		 * Takes all values, where there may be several.
		 */
		<T> void each(Class<T> type, Consumer<List<T>> field) {
			declare(this.builder.type(List.class).auxiliaryTypes(type), field);
		}

		private <T> void declare(OptionSpec.Builder whole, Consumer<T> field) {
			Place<T> place = new Place<>(field);
			// The field has it already, and picocli knows none
			whole.hasInitialValue(false).getter(place).setter(place);
			Arguments.this.receiver.accept(whole.build());
		}

	}

	/**
	 * Hands over what picocli read, and gives it back to have more added. The types are
	 * picocli's: it has converted the value to that of the argument.
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static final class Place<T> implements IGetter, ISetter {

		private final Consumer<T> field;

		private @Nullable Object value;

		Place(Consumer<T> field) {
			this.field = field;
		}

		@Override
		public <V> @Nullable V get() {
			return (V) this.value;
		}

		@Override
		public <V> V set(V value) {
			this.value = value;
			this.field.accept((T) value);
			return value;
		}

	}

}
