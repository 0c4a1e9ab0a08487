package dev.skein.schematest;

import java.util.Arrays;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives test methods and constructors their database, made when the first one asks.
 */
final class MigratedDatabaseExtension implements ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(MigratedDatabaseExtension.class);

	@Override
	public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
		return ExtensionContextScope.TEST_METHOD;
	}

	/**
	 * The parameters of a Spring test are Spring's: its application has the database.
	 */
	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return (type == DataSource.class || type == TestDatabase.class) && !isSpringTest(context);
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		ExtensionContext owner = owner(context);
		MigratedDatabase annotation = annotation(owner);
		if (annotation == null) {
			throw new ParameterResolutionException("no @MigratedDatabase on " + owner.getDisplayName());
		}
		if (annotation.per() == MigratedDatabase.Per.METHOD) {
			if (context.getTestMethod().isEmpty()) {
				throw new ParameterResolutionException(
						"with per = METHOD each test has a database of its own, and this is none: "
								+ parameter.getDeclaringExecutable().getName());
			}
			owner = context;
		}
		Lease lease = owner.getStore(NAMESPACE)
			.computeIfAbsent(Lease.class, (key) -> Lease.of(Request.of(annotation)), Lease.class);
		return (parameter.getParameter().getType() == DataSource.class) ? lease.database().dataSource()
				: lease.database();
	}

	/**
	 * The outermost class with the annotation: what is nested in it shares its database.
	 */
	private static ExtensionContext owner(ExtensionContext context) {
		ExtensionContext owner = context;
		for (ExtensionContext outer = context; outer != null; outer = outer.getParent().orElse(null)) {
			if (outer.getTestMethod().isEmpty() && annotation(outer) != null) {
				owner = outer;
			}
		}
		return owner;
	}

	private static @Nullable MigratedDatabase annotation(ExtensionContext context) {
		return context.getTestClass()
			.flatMap((type) -> AnnotationSupport.findAnnotation(type, MigratedDatabase.class,
					context.getEnclosingTestClasses()))
			.orElse(null);
	}

	private static boolean isSpringTest(ExtensionContext context) {
		return context.getTestClass()
			.filter((type) -> AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class)
				.stream()
				.flatMap((extended) -> Arrays.stream(extended.value()))
				.anyMatch((extension) -> extension.getName()
					.equals("org.springframework.test.context.junit.jupiter.SpringExtension")))
			.isPresent();
	}

}
