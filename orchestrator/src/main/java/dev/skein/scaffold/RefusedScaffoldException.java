package dev.skein.scaffold;

import java.util.List;

/**
 * Thrown when what was asked for cannot be drawn or written. Nothing was written.
 */
public final class RefusedScaffoldException extends RuntimeException {

	private final String hint;

	RefusedScaffoldException(String message, String hint) {
		super(message);
		this.hint = hint;
	}

	/**
	 * A refusal that names every problem.
	 */
	static RefusedScaffoldException of(List<String> problems) {
		return new RefusedScaffoldException((problems.size() == 1) ? problems.get(0)
				: problems.size() + " problems\n  " + String.join("\n  ", problems), "nothing was written");
	}

	/**
	 * The way out.
	 * @return one line
	 */
	public String hint() {
		return this.hint;
	}

}
