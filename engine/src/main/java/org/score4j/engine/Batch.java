package org.score4j.engine;

import java.nio.ByteBuffer;

/**
 * Training examples, one after the other.
 *
 * @param data as {@link org.score4j.api.Examples#read} writes them, in native byte order
 * @param labels the class of each; all 0 if the examples are not labelled
 */
public record Batch(ByteBuffer data, int[] labels) {}
