package org.score4j.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name by which a recipe calls a plugin: {@code {"type": "predictor-corrector", ...}}.
 *
 * <p>Names are lower case, made of letters, digits, {@code -} and {@code +}, and unique among the
 * providers of one service: two plugins that claim one name are an error that names both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginName {
  /** The name, for example {@code "sub-vp"}. */
  String value();
}
