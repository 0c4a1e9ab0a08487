package dev.skein.actuate;

import java.io.IOException;
import java.security.Principal;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets everybody see health, and those with credentials everything that is there.
 */
class Door extends HttpFilter {

	private static final long serialVersionUID = 1L;

	/**
	 * The address as it was sent. What is encoded, has parameters or climbs up in it is
	 * not this, so that no other reading of it can lead elsewhere.
	 */
	private static final Pattern OPEN = Pattern.compile("/actuator/health(/[A-Za-z0-9]+)*");

	private final transient Credentials credentials;

	Door(Credentials credentials) {
		this.credentials = credentials;
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String who = this.credentials.admit(request.getHeader("Authorization"));
		if (who != null) {
			chain.doFilter(new Known(request, who), response);
		}
		else if (this.credentials.areNone() || OPEN.matcher(request.getRequestURI()).matches()) {
			chain.doFilter(request, response);
		}
		else {
			if (this.credentials.password() != null) {
				response.addHeader("WWW-Authenticate", "Basic realm=\"skein\", charset=\"UTF-8\"");
			}
			if (this.credentials.token() != null) {
				response.addHeader("WWW-Authenticate", "Bearer realm=\"skein\"");
			}
			response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
		}
	}

	/**
	 * A request of somebody: to them, health tells its details.
	 */
	private static final class Known extends HttpServletRequestWrapper {

		private final String who;

		Known(HttpServletRequest request, String who) {
			super(request);
			this.who = who;
		}

		@Override
		public Principal getUserPrincipal() {
			return () -> this.who;
		}

		@Override
		public String getRemoteUser() {
			return this.who;
		}

	}

}
