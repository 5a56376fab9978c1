package org.score4j.api;

/**
 * A value, or several, for inputs of a {@link Kernel}; made by {@link Coefficient} and {@link
 * Level}.
 */
public interface Feed {}
