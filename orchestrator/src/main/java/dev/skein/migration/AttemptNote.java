package dev.skein.migration;

/**
 * The note that a file which runs outside a transaction is being tried. It lies in the
 * comment on the schema's history, because such a file and its row in the history cannot
 * be committed together: killed in between, the note is all that tells.
 *
 * <p>
 * After the mark follows a JSON object: {@code script}, the file; {@code rank}, the
 * highest in the history before it, so that a later row of the same file means that it is
 * done; {@code process}, whose session runs it; {@code indexes}, those that were there
 * before. What stood in the comment before the mark is somebody else's, and stays.
 */
public final class AttemptNote {

	/** Where the note begins. */
	public static final String MARK = "skein: attempting ";

	private AttemptNote() {
	}

}
