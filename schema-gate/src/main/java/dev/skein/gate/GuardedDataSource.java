package dev.skein.gate;

import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Stands between the DataSource and everything that uses it: no other bean gets it before
 * the gate was passed, in whatever order beans are made.
 */
class GuardedDataSource implements BeanPostProcessor, SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beans;

	private final ObjectProvider<GateProperties> properties;

	private final ObjectProvider<SchemaGate> gate;

	private boolean passed;

	GuardedDataSource(ConfigurableListableBeanFactory beans, ObjectProvider<GateProperties> properties,
			ObjectProvider<SchemaGate> gate) {
		this.beans = beans;
		this.properties = properties;
		this.gate = gate;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DataSource source && beanName.equals(guarded())) {
			this.gate.getObject().pass(source);
			this.passed = true;
		}
		return bean;
	}

	/**
	 * Beans that are made lazily, and a service without a DataSource, pass no gate on
	 * their way up.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		if (!this.passed) {
			this.gate.getObject().pass(this.beans.getBean(guarded(), DataSource.class));
			this.passed = true;
		}
	}

	String guarded() {
		String configured = this.properties.getObject().dataSource();
		if (configured != null) {
			return configured;
		}
		List<String> names = Arrays.asList(this.beans.getBeanNamesForType(DataSource.class, true, false));
		if (names.isEmpty()) {
			throw new ClosedGateException("The schema gate has nothing to look through: there is no DataSource.",
					"Add one, or set skein.gate.enabled=false.", false, null);
		}
		List<String> primary = names.stream().filter(this::isPrimary).toList();
		List<String> candidates = primary.isEmpty() ? names : primary;
		if (candidates.size() > 1) {
			throw new ClosedGateException(
					"The schema gate does not know which DataSource leads to the service's schema: "
							+ String.join(", ", candidates),
					"Set skein.gate.data-source to one of them.", false, null);
		}
		return candidates.get(0);
	}

	private boolean isPrimary(String name) {
		return this.beans.containsBeanDefinition(name) && this.beans.getMergedBeanDefinition(name).isPrimary();
	}

}
