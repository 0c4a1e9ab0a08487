package dev.skein.actuate;

import java.util.Map;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * The settings that Skein made, and no others. Environment variables and system
 * properties are not read, so none of them can open an endpoint or a port, or send the
 * password elsewhere. Nor is a file of the folder that Skein was started in: there is a
 * place for files, and it is empty.
 */
class ClosedEnvironment extends StandardEnvironment {

	private static final String NO_FILES = "optional:classpath:/dev/skein/actuate/none/";

	ClosedEnvironment(Map<String, Object> properties) {
		MutablePropertySources sources = getPropertySources();
		sources.addFirst(new MapPropertySource("skein", properties));
		sources.addFirst(new MapPropertySource("skein files", Map.of("spring.config.location", NO_FILES)));
	}

	/**
	 * Adds none, in the place of variables and system properties.
	 */
	@Override
	protected void customizePropertySources(MutablePropertySources sources) {
	}

}
