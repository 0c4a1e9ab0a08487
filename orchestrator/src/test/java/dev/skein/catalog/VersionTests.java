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

	@Test
	void makesANumberOfAWholeNameInTheOrderOfTheNames() {
		assertThat(List.of("20251104-a", "20251104-a-b", "20251104-ab", "20251104-b", "20251104_a"))
			.extracting((name) -> Version.of(Version.named(name).toString()))
			.isSorted()
			.doesNotHaveDuplicates();
		assertThat(Version.named("20251104-add-tat-alert-fields"))
			.hasToString("20251104.0.100045438994648591219773801753849683991");
	}

	@Test
	void knowsTheNameOfARecordedNumberByItsScript() {
		String number = Version.named("20251104-create-kpi-views").toString();
		assertThat(Version.recorded(number, "20251104-create-kpi-views.sql").inName())
			.isEqualTo("20251104-create-kpi-views");
		assertThat(Version.recorded(number, "another.sql").inName()).isEqualTo(number);
		assertThat(Version.recorded("20251030.01", "2025103001-create-x.sql").inName()).isEqualTo("2025103001");
		assertThat(Version.recorded("1.2", "V1.2__x.sql").inName()).isEqualTo("1.2");
		assertThat(Version.recorded("3", "003_x.sql").inName()).isEqualTo("3");
	}

	@Test
	void ordersNamesByAllOfTheirLettersThoughNumbersHoldTheFirstOnly() {
		String long1 = "20251104-add-tat-alert-fields-to-levels";
		String long2 = "20251104-add-tat-alert-fields-to-levels-of-old";
		assertThat(Version.named(long1)).isLessThan(Version.named(long2)).isNotEqualTo(Version.named(long2));
		assertThat(Version.named("20251104-b")).isGreaterThan(Version.of("20251104.0"))
			.isLessThan(Version.of("20251105"));
	}

}
