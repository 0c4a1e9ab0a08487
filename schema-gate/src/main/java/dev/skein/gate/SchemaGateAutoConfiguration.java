package dev.skein.gate;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;

/**
 * Puts the gate before the DataSource of a service.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "skein.gate.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GateProperties.class)
public final class SchemaGateAutoConfiguration {

	@Bean
	static GuardedDataSource guardedDataSource(ConfigurableListableBeanFactory beans,
			ObjectProvider<GateProperties> properties, ObjectProvider<SchemaGate> gate) {
		return new GuardedDataSource(beans, properties, gate);
	}

	@Bean
	SchemaGate schemaGate(GateProperties properties, ResourceLoader loader) {
		return GateBuilding.of(properties, ResourcePatternUtils.getResourcePatternResolver(loader));
	}

	/**
	 * For services with health on the class path.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthIndicator.class)
	static class HealthConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("schemaGate")
		SchemaGateHealthIndicator schemaGateHealthIndicator(SchemaGate gate, GuardedDataSource guarded,
				ConfigurableListableBeanFactory beans) {
			return new SchemaGateHealthIndicator(gate, () -> beans.getBean(guarded.guarded(), DataSource.class));
		}

	}

}
