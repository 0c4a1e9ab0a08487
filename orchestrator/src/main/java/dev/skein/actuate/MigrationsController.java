package dev.skein.actuate;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the last look at the platform.
 */
@RestController
class MigrationsController {

	static final String PATH = "/actuator/migrations";

	private final Lookout lookout;

	private final Patrol patrol;

	private final boolean rowValues;

	MigrationsController(Lookout lookout, Patrol patrol, boolean rowValues) {
		this.lookout = lookout;
		this.patrol = patrol;
		this.rowValues = rowValues;
	}

	@GetMapping(PATH)
	ResponseEntity<PlatformView> platform() {
		return answer(this.lookout.sight());
	}

	/**
	 * The same with one service only.
	 */
	@GetMapping(PATH + "/{service}")
	ResponseEntity<PlatformView> service(@PathVariable("service") String service) {
		Sight sight = this.lookout.sight();
		if (sight.look() == null) {
			return answer(sight);
		}
		PlatformView view = PlatformView.of(sight, this.patrol, this.rowValues).only(service);
		return view.services().isEmpty() ? ResponseEntity.notFound().build() : ResponseEntity.ok(view);
	}

	/**
	 * What was known last is an answer, too; nothing is none.
	 */
	private ResponseEntity<PlatformView> answer(Sight sight) {
		return ResponseEntity.status((sight.look() == null) ? 503 : 200)
			.body(PlatformView.of(sight, this.patrol, this.rowValues));
	}

}
