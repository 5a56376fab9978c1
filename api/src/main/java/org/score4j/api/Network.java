package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A network in a graph: {@code x} of shape [B, ...] and its noise level to an output like x. */
@FunctionalInterface
public interface Network {
  /**
   * Adds the network's operations to the graph and returns its output, of the shape of {@code x}.
   */
  Operand<TFloat32> apply(Operand<TFloat32> x, LevelTensors level);
}
