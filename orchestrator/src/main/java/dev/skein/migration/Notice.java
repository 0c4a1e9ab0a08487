package dev.skein.migration;

/**
 * What PostgreSQL said while a file ran, other than an error.
 *
 * @param severity as PostgreSQL names it, such as {@code NOTICE} or {@code WARNING}; in
 * the language of the server
 * @param sqlState PostgreSQL's code, {@code 00000} where it has none of its own
 * @param message PostgreSQL's words, without detail and context
 * @param isWarning whether the report tells it as a warning: PostgreSQL calls it one, or
 * it says that a statement was skipped because its object exists already, or that CASCADE
 * dropped other objects
 */
public record Notice(String severity, String sqlState, String message, boolean isWarning) {

}
