package dev.skein.migration;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * Who began a run, and where.
 *
 * @param osUser the operating system's user, and for whom it acts if not for itself
 * @param host the host's name
 * @param processId the process on that host
 * @param version the version of Skein
 */
public record RunOrigin(String osUser, String host, long processId, String version) {

	/**
	 * This process.
	 * @return its origin
	 */
	public static RunOrigin here() {
		String version = RunOrigin.class.getPackage().getImplementationVersion();
		return new RunOrigin(System.getProperty("user.name"), hostName(), ProcessHandle.current().pid(),
				(version != null) ? version : "not packaged");
	}

	/**
	 * This process, which acts for somebody else.
	 * @param requester who asked for the run; {@code null} if it is this process's own
	 * user
	 * @return its origin
	 */
	static RunOrigin here(@Nullable String requester) {
		RunOrigin here = here();
		return (requester == null) ? here
				: new RunOrigin(here.osUser + " for " + requester, here.host, here.processId, here.version);
	}

	private static String hostName() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

	@Override
	public String toString() {
		return this.osUser + "@" + this.host + ", process " + this.processId;
	}

}
