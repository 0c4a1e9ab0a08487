package dev.skein.catalog;

import java.util.List;

/**
 * The services that may refer to a service's tables with a foreign key. PostgreSQL checks
 * such a key with the rights of the table's owner, so a service names those that it
 * trusts.
 *
 * @param all whether every service that requires this one may
 * @param named the services that may, as the manifest lists them; empty where all may
 */
public record Referrers(boolean all, List<Named> named) {

	/** No other service. */
	public static final Referrers NONE = new Referrers(false, List.of());

	/** Every service that requires this one. */
	static final Referrers ALL_SERVICES = new Referrers(true, List.of());

	static final String KEY = "referenced_by";

	private static final String ALL = "all";

	private static final String RULE = "write the names of services that require this one, such as [a, b], or all";

	public Referrers {
		named = List.copyOf(named);
	}

	/**
	 * Reads them from a manifest; what is not legal is reported and reads as absent.
	 */
	static Referrers read(YamlMapping yaml) {
		if (yaml.place(KEY) == null) {
			return NONE;
		}
		if (yaml.isList(KEY)) {
			return new Referrers(false,
					yaml.texts(KEY, ServiceName::isLegal, RULE)
						.stream()
						.map((text) -> new Named(new ServiceName(text.value()), text.location()))
						.toList());
		}
		YamlMapping.Text text = yaml.text(KEY);
		if (text != null && !text.value().equals(ALL)) {
			yaml.report(text.location(),
					"\"" + KEY + "\" must be a list of services or the word all, not \"" + text.value() + "\"", RULE);
		}
		return (text != null && text.value().equals(ALL)) ? ALL_SERVICES : NONE;
	}

	/**
	 * Whether a service may refer to the tables, provided that it requires their service.
	 * @param service the service that would refer to them
	 * @return {@code true} if so
	 */
	public boolean admit(ServiceName service) {
		return this.all || this.named.stream().anyMatch((one) -> one.service().equals(service));
	}

	/**
	 * A service that may.
	 *
	 * @param service its name
	 * @param location where the manifest says so
	 */
	public record Named(ServiceName service, Location location) {

	}

}
