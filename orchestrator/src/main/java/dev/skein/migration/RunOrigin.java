package dev.skein.migration;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who began a run, and where.
 *
 * @param osUser the operating system's user
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
