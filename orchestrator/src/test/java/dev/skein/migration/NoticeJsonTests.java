package dev.skein.migration;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class NoticeJsonTests {

	@Test
	void isNothingWithoutNotices() {
		assertThat(NoticeJson.of(List.of())).isNull();
	}

	@Test
	void isReadAsItWasWritten() {
		String message = "say \"no\" to C:\\dir\n\ttab \u0001\u001B[31m » 😀 }]";
		String json = NoticeJson
			.of(List.of(new Notice("NOTICE", "00000", message, false), new Notice("WARNING", "01000", "x", true)));
		assertThat(JsonMapper.shared().readTree(json)).isEqualTo(JsonMapper.shared()
			.readTree("[{\"severity\":\"NOTICE\",\"sqlState\":\"00000\",\"message\":"
					+ JsonMapper.shared().writeValueAsString(message)
					+ ",\"warning\":false},{\"severity\":\"WARNING\",\"sqlState\":\"01000\",\"message\":\"x\",\"warning\":true}]"));
	}

}
