package org.score4j.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;

/**
 * Named sets of defaults for a plugin, such as the configurations of a paper. In {@code {"type":
 * "ncsn++", "preset": "ffhq-256", "blocks": 1}} the preset takes the place of what the no-argument
 * constructor makes: keys that are given count, all others are the preset's.
 *
 * <p>A preset's name is its constant's in lower case with hyphens. A plugin with presets has no
 * component called {@code preset}; what runs, and what a manifest shows, is the complete record.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Presets {
  /** A public enum whose constants each supply a plugin of the annotated type. */
  Class<? extends Supplier<? extends Record>> value();
}
