package dev.skein.schematest;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.container.ContainerImageMetadata;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Lets the application of a Spring test connect to a database of Skein's. Tests that ask
 * for the same share the application, as Spring does it, and its database, which is
 * created again for each.
 *
 * @param request what the test asks for
 */
record SpringDatabase(Request request) implements ContextCustomizer {

	static final String BEAN = "migratedDatabase";

	/** What Spring Boot makes the DataSource of; plain Spring has none. */
	private static final String CONNECTION_DETAILS = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
		RootBeanDefinition lease = new RootBeanDefinition(Lease.class, () -> Lease.of(this.request));
		lease.setDestroyMethodName("close");
		registry.registerBeanDefinition(BEAN, lease);
		registry.registerBeanDefinition("testDatabase",
				new RootBeanDefinition(TestDatabase.class, () -> context.getBean(Lease.class).database()));
		if (!ClassUtils.isPresent(CONNECTION_DETAILS, context.getClassLoader())) {
			return;
		}
		RootBeanDefinition details = new RootBeanDefinition(LeasedConnectionDetails.class,
				() -> new LeasedConnectionDetails(context.getBean(TestDatabase.class)));
		// Slices such as @DataJpaTest leave alone what is a database of tests already.
		new ContainerImageMetadata(this.request.image()).addTo(details);
		registry.registerBeanDefinition("migratedDatabaseConnectionDetails", details);
	}

	/**
	 * Finds the annotation, also on the class around a nested one.
	 */
	static final class Factory implements ContextCustomizerFactory {

		@Override
		public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
				List<ContextConfigurationAttributes> configuration) {
			MigratedDatabase annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
					MigratedDatabase.class);
			return (annotation == null) ? null : new SpringDatabase(Request.of(annotation));
		}

	}

}
