package org.score4j.engine.sampling;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.Variable;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.ndarray.Shape;

/**
 * Where the steps of a sampler follow each other: in Java, or inside the graph.
 *
 * @param computation with the model and the sampler
 * @param compiled the sampler
 * @param shape of the state, [B, ...]
 */
record LoopChoice(Computation computation, CompiledSampler compiled, Shape shape) {
  /** Products in a network's evaluation that take a millisecond or so. */
  private static final long LIGHT = 1 << 24;

  /**
   * The loop inside the graph; empty for Java's.
   *
   * @throws InvalidValueException if it is to be in the graph, and the sampler cannot
   */
  Optional<GraphLoop> of(LoopMode mode, RandomKey randomKey) {
    if (mode == LoopMode.HOST || mode == LoopMode.AUTO && !light()) {
      return Optional.empty();
    }
    Optional<String> obstacle = GraphLoop.obstacle(computation, compiled);
    if (mode == LoopMode.GRAPH && obstacle.isPresent()) {
      throw new InvalidValueException(
          "sampling.loop",
          "\"graph\"",
          "must be \"auto\" or \"host\" with this sampler (" + obstacle.get() + ")");
    }
    return obstacle.isPresent()
        ? Optional.empty()
        : Optional.of(new GraphLoop(computation, compiled, randomKey));
  }

  /** Whether the host's part of a step, some 50 us, is worth saving. */
  private boolean light() {
    Set<String> registers =
        compiled.registers().stream().map(Variable::name).collect(Collectors.toSet());
    long parameters =
        computation.variables().stream()
            .filter(v -> !registers.contains(v.name()))
            .mapToLong(v -> v.shape().size())
            .sum();
    return shape.numDimensions() == 2 && parameters * shape.get(0) <= LIGHT;
  }
}
