package org.score4j.engine.size;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Classifier;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.score4j.engine.graph.GraphScope;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a network takes, found without giving it memory: from the shapes in its graph. Counts that
 * exceed a long are {@code Long.MAX_VALUE}.
 *
 * @param parameters number of trained numbers
 * @param buffers number of kept numbers that are not trained
 * @param largestParameter elements of the largest tensor among them
 * @param operations in the graph of an evaluation
 * @param complete whether the graph was built to its end; if not, all numbers are lower bounds
 * @param activations of one example; empty if the graph is not complete
 */
public record NetworkSize(
    long parameters,
    long buffers,
    long largestParameter,
    int operations,
    boolean complete,
    Optional<ActivationSize> activations) {
  /** Several times as many as in any published network, and a few seconds to build. */
  public static final int MOST_OPERATIONS = 40_000;

  private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /** Adds a network to the graph. */
  private interface Network {
    void add(CountingScope scope, Operand<TFloat32> x, LevelTensors level, Operand<TInt32> labels);
  }

  /**
   * Counts what a model takes.
   *
   * @param example shape of one example: [H, W, C] or [D]
   * @param classes number of classes of the data; 0 if none
   * @param training whether dropout and the like take part
   * @throws InvalidValueException if the model does not suit such examples
   */
  public static NetworkSize of(
      ScoreModel model, Shape example, int classes, boolean training, Precision precision) {
    return of(
        (scope, x, level, labels) ->
            model.apply(
                scope,
                x,
                level,
                classes == 0 ? Condition.none() : Condition.labels(labels, classes)),
        example,
        training,
        precision);
  }

  /** The same for a classifier. */
  public static NetworkSize of(
      Classifier classifier, Shape example, int classes, boolean training, Precision precision) {
    return of(
        (scope, x, level, labels) -> classifier.logits(scope, x, level, classes),
        example,
        training,
        precision);
  }

  private static NetworkSize of(
      Network network, Shape example, boolean training, Precision precision) {
    try (var graph = new Graph()) {
      Ops tf = GraphScope.ops(new CountedGraph(graph, MOST_OPERATIONS));
      Operand<TFloat32> x = placeholder(tf, "x", example.prepend(1));
      var level =
          new Levels(
              placeholder(tf, "t", Shape.of(1)),
              placeholder(tf, "alpha", Shape.of(1)),
              placeholder(tf, "sigma", Shape.of(1)));
      var labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(1)));
      var scope = CountingScope.root(tf, training, precision);
      boolean complete = added(network, scope, x, level, labels);
      Collection<CountingScope.Counted> all = scope.counted().values();
      List<Operand<?>> given =
          new ArrayList<>(List.of(x, level.t(), level.alpha(), level.sigma(), labels));
      int operations = 0;
      for (var each = graph.operations(); each.hasNext(); each.next()) {
        operations++;
      }
      return new NetworkSize(
          sum(all.stream().filter(CountingScope.Counted::trained).toList()),
          sum(all.stream().filter(each -> !each.trained()).toList()),
          all.stream().mapToLong(each -> elements(each.shape())).max().orElse(0),
          operations,
          complete,
          complete ? Optional.of(ActivationSize.of(graph, given)) : Optional.empty());
    }
  }

  /** Whether it was added to its end. */
  private static boolean added(
      Network network,
      CountingScope scope,
      Operand<TFloat32> x,
      LevelTensors level,
      Operand<TInt32> labels) {
    try {
      network.add(scope, x, level, labels);
      return true;
    } catch (InvalidValueException e) {
      throw e;
    } catch (CountedGraph.FullException | ArithmeticException | IllegalArgumentException e) {
      // Sizes beyond what TensorFlow's shapes can hold, too, end what can be counted.
      return false;
    }
  }

  private static Placeholder<TFloat32> placeholder(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private static long sum(Collection<CountingScope.Counted> counted) {
    return counted.stream()
        .mapToLong(each -> elements(each.shape()))
        .reduce(0, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
  }

  /** Elements of a shape that is known; {@code Long.MAX_VALUE} if they are more. */
  static long elements(Shape shape) {
    long elements = 1;
    for (long extent : shape.asArray()) {
      long high = Math.multiplyHigh(elements, extent);
      elements = high != 0 || elements * extent < 0 ? Long.MAX_VALUE : elements * extent;
    }
    return elements;
  }
}
