package dev.skein.scaffold;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

import dev.skein.catalog.ServiceDefinition;
import dev.skein.catalog.ServiceName;
import dev.skein.testing.PlatformFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceTextsTests {

	@TempDir
	Path folder;

	@Test
	void writeAsAPersonWould() {
		assertThat(files(new ServiceDraft("billing", "billing", "Writes invoices, and sends them", "invoices",
				List.of("user-auth", "template-manager@002"), "core.set_updated_at()")))
			.containsExactly("""
					service: billing
					schema: billing
					description: Writes invoices, and sends them
					requires:
					  - user-auth
					  - template-manager@002
					tables: [invoices]
					""", """
					-- What: create invoices
					-- Why:  Writes invoices, and sends them
					-- Date: 2026-11-21

					CREATE TABLE invoices (
					    id uuid NOT NULL DEFAULT gen_random_uuid(),
					    created_at timestamptz NOT NULL DEFAULT now(),
					    updated_at timestamptz NOT NULL DEFAULT now(),
					    CONSTRAINT invoices_pkey PRIMARY KEY (id)
					);

					CREATE TRIGGER invoices_set_updated_at
					    BEFORE UPDATE ON invoices
					    FOR EACH ROW EXECUTE FUNCTION core.set_updated_at();

					COMMENT ON TABLE invoices IS 'Writes invoices, and sends them';
					""", """
					-- What: undo create invoices
					-- Why:  the way back; every row of the table is lost
					-- Date: 2026-11-21

					DROP TABLE invoices;
					""");
	}

	@Test
	void callNoFunctionWhereCoreHasNone() {
		assertThat(files(new ServiceDraft("order", "order", "", "order", List.of(), null)).get(1)).isEqualTo("""
				-- What: create order
				-- Why:  the first table of service order
				-- Date: 2026-11-21

				CREATE TABLE "order" (
				    id uuid NOT NULL DEFAULT gen_random_uuid(),
				    created_at timestamptz NOT NULL DEFAULT now(),
				    updated_at timestamptz NOT NULL DEFAULT now(),
				    CONSTRAINT order_pkey PRIMARY KEY (id)
				);

				-- Nothing here sets updated_at when a row changes: there is no core.set_updated_at() to call.

				COMMENT ON TABLE "order" IS 'The first table of service order.';
				""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Writes: invoices", "# 1", "- x", "yes", "null", "it's \"quoted\" \\ and {odd}", "[a, b]",
			"Größe & Gewicht", "12", "1e3", "a # b", "%x", "@x", "!x", "*x", "|", ">", "? x", "'x", "~", "a: b", "a:" })
	void writeAnyDescriptionSoThatItIsReadAsItWas(String description) {
		String manifest = files(new ServiceDraft("on", "Mein Schema", description, "t", List.of(), null)).get(0);
		ServiceDefinition service = new PlatformFolder(this.folder).manifest("on", manifest)
			.catalog()
			.service(new ServiceName("on"))
			.orElseThrow();
		assertThat(service.description()).isEqualTo(description);
		assertThat(service.schema()).hasToString("Mein Schema");
	}

	private static List<String> files(ServiceDraft service) {
		return List.copyOf(new ServiceTexts(service, LocalDate.of(2026, 11, 21)).files().values());
	}

}
