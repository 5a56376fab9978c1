package org.score4j.engine.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.score4j.api.GradientRule;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients that are given rather than derived: see {@link
 * org.score4j.api.ModelScope#customGradient}.
 *
 * <p>An {@code IdentityN} stands for the value, with its inputs beside it. TensorFlow has no
 * gradient for this type of operation, so that ours can take its place.
 */
public final class CustomGradients {
  static final String TYPE = "IdentityN";

  // TensorFlow hands over the operation alone, so that its rule has to be found from it.
  private static final Map<Graph, Map<String, GradientRule>> RULES = new ConcurrentHashMap<>();

  private CustomGradients() {}

  /** The value, with that rule for its gradients until the graph is {@link #forget forgotten}. */
  public static Operand<TFloat32> of(
      Graph graph,
      Ops tf,
      Operand<TFloat32> value,
      List<Operand<TFloat32>> inputs,
      GradientRule rule) {
    SecondOrderGradients.install();
    List<Operand<?>> all = new ArrayList<>();
    // Gradients are to go by the inputs alone, and not also by what the value was made of.
    all.add(tf.stopGradient(value));
    all.addAll(inputs);
    var given = tf.identityN(all);
    RULES.computeIfAbsent(graph, unused -> new ConcurrentHashMap<>()).put(given.op().name(), rule);
    return given.output().get(0).expect(TFloat32.class);
  }

  /** Drops the rules of a graph that will not be differentiated again. */
  public static void forget(Graph graph) {
    RULES.remove(graph);
  }

  static List<Operand<?>> gradients(Ops tf, GraphOperation operation, List<Output<?>> gradients) {
    GradientRule rule = RULES.getOrDefault(operation.env(), Map.of()).get(operation.name());
    if (rule == null) {
      // Somebody else's identity; an exception would have to pass through TensorFlow.
      return List.copyOf(gradients);
    }
    List<Operand<?>> all = new ArrayList<>();
    all.add(tf.zerosLike(operation.output(0)));
    all.addAll(rule.apply(tf, gradients.get(0).expect(TFloat32.class)));
    return all;
  }
}
