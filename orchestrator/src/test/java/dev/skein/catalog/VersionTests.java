package dev.skein.catalog;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VersionTests {

	@Test
	void ordersByNumberAndNotByText() {
		assertThat(Stream.of("10", "9", "2.1", "2", "20251201", "001").map(Version::of).sorted().map(Version::toString))
			.containsExactly("001", "2", "2.1", "9", "10", "20251201");
	}

	@Test
	void equalsWhenTheNumbersAreEqual() {
		assertThat(List.of(Version.of("1"), Version.of("001"), Version.of("1.0"), Version.of("1_0")))
			.allMatch(Version.of("1")::equals)
			.allMatch((version) -> version.hashCode() == Version.of("1").hashCode());
	}

	@Test
	void keepsTheTextAsItWasWritten() {
		assertThat(Version.of("003")).hasToString("003");
	}

	@Test
	void countsItsLastNumberUpAndKeepsItsWidth() {
		assertThat(Stream.of("1", "009", "99", "1.2", "1.09", "1_2", "1.0").map(Version::of).map(Version::next))
			.extracting(Version::toString)
			.containsExactly("2", "010", "100", "1.3", "1.10", "1.3", "1.1");
	}

	@Test
	void refusesWhatIsNoNumber() {
		assertThatIllegalArgumentException().isThrownBy(() -> Version.of("1a"))
			.withMessage("version \"1a\" is not legal: digits separated by dots");
	}

}
