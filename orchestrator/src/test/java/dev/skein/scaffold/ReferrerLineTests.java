package dev.skein.scaffold;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReferrerLineTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "service: a\\n | service: a\\nreferenced_by: [new]\\n",
			"service: a | service: a\\nreferenced_by: [new]\\n",
			"referenced_by: [b, c] # why\\nservice: a\\n | referenced_by: [b, c, new] # why\\nservice: a\\n",
			"service: a\\nreferenced_by: []\\n | service: a\\nreferenced_by: [new]\\n",
			"referenced_by: # why\\n  - b\\n  - c # too\\nservice: a\\n | referenced_by: # why\\n  - b\\n  - c # too\\n  - new\\nservice: a\\n",
			"service: a\\nreferenced_by:\\n- b | service: a\\nreferenced_by:\\n- b\\n- new\\n" })
	void addsOneNameAndLeavesTheRest(String before, String after) {
		assertThat(ReferrerLine.with(lines(before), "new")).contains(lines(after));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{service: a}", "referenced_by: [b,\\n  c]\\nservice: a\\n", "service: a\\n...\\n" })
	void leavesToAPersonWhatItDoesNotUnderstand(String before) {
		assertThat(ReferrerLine.with(lines(before), "new")).isEmpty();
	}

	private static String lines(String text) {
		return text.replace("\\n", "\n");
	}

}
