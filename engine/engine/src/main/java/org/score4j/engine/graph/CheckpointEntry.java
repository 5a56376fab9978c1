package org.score4j.engine.graph;

import org.tensorflow.ndarray.Shape;

/**
 * A tensor that a checkpoint of a program holds.
 *
 * @param name {@code model/PATH}, {@code ema/PATH} or {@code optimizer/SLOT/PATH} of a parameter or
 *     buffer
 * @param trained whether it is trained, or belongs to one that is
 */
public record CheckpointEntry(String name, Shape shape, boolean trained) {}
