package org.score4j.api;

/**
 * A value, or several, for inputs of a {@link Kernel}; made by {@link Scalar}, {@link Level},
 * {@link PerSample} and {@link LevelPerSample}.
 */
public interface Feed {}
