/**
 * The web face: a Spring Boot application that tells the health of migrations. The only
 * package that knows Spring; {@link dev.skein.actuate.WebFace} is the way in.
 */
@NullMarked
package dev.skein.actuate;

import org.jspecify.annotations.NullMarked;
