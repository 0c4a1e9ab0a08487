package dev.skein.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.regex.Pattern;

import dev.skein.text.PrintableText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lets everybody see health, and those with credentials everything that is there. Where
 * there are no credentials, nothing else is there.
 */
class Door extends HttpFilter {

	private static final long serialVersionUID = 1L;

	private static final Log LOG = LogFactory.getLog("skein");

	private static final int TOO_MANY_REQUESTS = 429;

	/**
	 * The address as it was sent. What is encoded, has parameters or climbs up in it is
	 * not this, so that no other reading of it can lead elsewhere.
	 */
	private static final Pattern OPEN = Pattern.compile("/actuator/health(/[A-Za-z0-9]+)*");

	private final transient Credentials credentials;

	private final transient LoginPauses pauses = new LoginPauses(System::nanoTime);

	Door(Credentials credentials) {
		this.credentials = credentials;
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		boolean open = OPEN.matcher(request.getRequestURI()).matches();
		String header = request.getHeader("Authorization");
		LoginPauses.Attempt attempt = (header == null || this.credentials.areNone()) ? null
				: this.pauses.attempt(request.getRemoteAddr(), () -> this.credentials.admit(header));
		if (attempt != null && attempt.who() != null) {
			answer(new Known(request, attempt.who()), response, chain);
			return;
		}
		if (attempt != null && attempt.checked()) {
			// Not whose: it may be a password that was typed into the wrong field.
			LOG.warn("wrong credentials from " + request.getRemoteAddr() + (attempt.pause().isZero() ? ""
					: ", which has to wait " + attempt.pause().toSeconds() + " s now"));
		}
		if (open) {
			answer(request, response, chain);
		}
		else if (this.credentials.areNone()) {
			response.setStatus(HttpServletResponse.SC_NOT_FOUND);
		}
		else if (attempt != null && !attempt.checked()) {
			response.setHeader("Retry-After", String.valueOf(attempt.pause().toSeconds() + 1));
			response.setStatus(TOO_MANY_REQUESTS);
		}
		else {
			refuse(response);
		}
	}

	/**
	 * Nothing in an answer is obeyed by a terminal: such characters are written as JSON
	 * escapes them.
	 */
	private static void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
		chain.doFilter(request, kept);
		String text = new String(kept.getContentAsByteArray(), StandardCharsets.UTF_8);
		String printable = PrintableText.of(text);
		if (!printable.equals(text)) {
			kept.resetBuffer();
			kept.getOutputStream().write(printable.getBytes(StandardCharsets.UTF_8));
		}
		kept.copyBodyToResponse();
	}

	private void refuse(HttpServletResponse response) {
		if (this.credentials.password() != null) {
			response.addHeader("WWW-Authenticate", "Basic realm=\"skein\", charset=\"UTF-8\"");
		}
		if (this.credentials.token() != null) {
			response.addHeader("WWW-Authenticate", "Bearer realm=\"skein\"");
		}
		response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
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
