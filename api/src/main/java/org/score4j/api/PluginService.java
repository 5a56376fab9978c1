package org.score4j.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the interfaces that a plugin implements. score4j-describe, an annotation processor, writes
 * {@code META-INF/services} for the classes that implement one and have a {@link PluginName}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginService {}
