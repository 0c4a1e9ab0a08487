package dev.skein.actuate;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.skein.migration.CannotStartException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Begins a run when it is asked to, and tells what became of it.
 */
@RestController
class RunsController {

	private static final String RUNS = MigrationsController.PATH + "/runs/";

	private final WebRuns runs;

	private final Lookout lookout;

	private final Eye eye;

	RunsController(WebRuns runs, Lookout lookout, Eye eye) {
		this.runs = runs;
		this.lookout = lookout;
		this.eye = eye;
	}

	@PostMapping(MigrationsController.PATH)
	ResponseEntity<Object> migrate(HttpServletRequest request) {
		if (isByBrowser(request)) {
			return refused(403, "a page of a browser may not migrate: send no Origin, and JSON or nothing");
		}
		Look look = this.lookout.sight().look();
		if (look != null && look.activity().running() != null) {
			return refused(409, "run " + look.activity().running().run() + " goes on");
		}
		UUID run = this.runs.begin("web user \"" + request.getRemoteUser() + "\" at " + request.getRemoteAddr());
		if (run == null) {
			return refused(409, "run " + this.runs.current() + " goes on");
		}
		this.lookout.forget();
		return ResponseEntity.accepted()
			.location(URI.create(RUNS + run))
			.body(Map.of("run", run.toString(), "follow", RUNS + run));
	}

	@GetMapping(RUNS + "{id}")
	ResponseEntity<?> run(@PathVariable("id") UUID id) {
		Object run = this.runs.find(id);
		try {
			run = (run != null) ? run : PlatformView.RunView.of(this.eye.run(id).orElse(null));
		}
		catch (CannotStartException ex) {
			return refused(503, String.valueOf(ex.getMessage()));
		}
		return (run == null) ? ResponseEntity.notFound().build() : ResponseEntity.ok(run);
	}

	/**
	 * A browser sends along the password that it was told once, whichever page makes it
	 * ask. Its forms have types of their own, its scripts an origin.
	 */
	private static boolean isByBrowser(HttpServletRequest request) {
		@Nullable String type = request.getContentType();
		@Nullable String site = request.getHeader("Sec-Fetch-Site");
		return request.getHeader("Authorization") == null || request.getHeader("Origin") != null
				|| (site != null && !site.equals("none"))
				|| (type != null && !type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON_VALUE));
	}

	private static ResponseEntity<Object> refused(int status, String reason) {
		return ResponseEntity.status(status).body(Map.of("error", reason));
	}

}
