package org.score4j.recipe.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The default of a component of one of the runner's own records, as the recipe would give it.
 *
 * <p>Unlike a no-argument constructor it can name a plugin, which the runner knows only by name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /** JSON text, for example {@code "500"} or {@code "{}"} or {@code "\"adam\""}. */
  String value();
}
