package org.score4j.engine;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * How large a model is.
 *
 * @param parameters number of trained numbers
 * @param multiplications of convolutions and matrix products for one example, each with its
 *     addition; at the borders of images those with zeros count too
 */
public record ModelSize(long parameters, long multiplications) {

  private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /**
   * Counts, making no parameters.
   *
   * @param example shape of one example: [H, W, C] or [D]
   * @throws InvalidValueException if the model does not suit such examples
   */
  public static ModelSize of(ScoreModel model, Shape example) {
    try (Computation computation = new Computation(0, 0, Device.CPU)) {
      Ops tf = computation.tf();
      Operand<TFloat32> x = placeholder(tf, "x", example.prepend(1));
      var levels =
          new Levels(
              placeholder(tf, "t", Shape.of(1)),
              placeholder(tf, "alpha", Shape.of(1)),
              placeholder(tf, "sigma", Shape.of(1)));
      model.apply(
          ParameterScope.root(computation, new RandomKey(tf), "model", false, Precision.FLOAT32),
          x,
          levels,
          Condition.none());
      long parameters =
          computation.variables().stream()
              .filter(Variable::trained)
              .mapToLong(variable -> variable.shape().size())
              .sum();
      Set<GraphOperation> fed =
          Set.of(op(x), op(levels.t()), op(levels.alpha()), op(levels.sigma()));
      long multiplications = 0;
      for (Iterator<GraphOperation> all = computation.graph().operations(); all.hasNext(); ) {
        GraphOperation operation = all.next();
        long count = multiplications(operation);
        // What depends on parameters alone is done once for all examples.
        if (count > 0 && !Collections.disjoint(fed, computation.upstream(inputs(operation)))) {
          multiplications += count;
        }
      }
      return new ModelSize(parameters, multiplications);
    }
  }

  private static GraphOperation op(Operand<?> operand) {
    return (GraphOperation) operand.op();
  }

  private static List<Operand<?>> inputs(GraphOperation operation) {
    return IntStream.range(0, operation.numInputs())
        .<Operand<?>>mapToObj(operation::input)
        .toList();
  }

  private static long multiplications(GraphOperation operation) {
    return switch (operation.type()) {
      case "Conv2D" -> {
        Shape kernel = operation.input(1).shape();
        yield operation.output(0).shape().size() * kernel.size() / kernel.get(-1);
      }
      case "Conv2DBackpropInput" -> {
        Shape kernel = operation.input(1).shape();
        yield operation.input(2).shape().size() * kernel.size() / kernel.get(-1);
      }
      case "MatMul" -> products(operation, "transpose_a");
      case "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3" -> products(operation, "adj_x");
      default -> 0;
    };
  }

  /** Of the rows of the first factor with the columns of the second. */
  private static long products(GraphOperation operation, String transposed) {
    Shape first = operation.input(0).shape();
    boolean columns = operation.attributes().getAttrBool(transposed);
    return operation.output(0).shape().size() * first.get(columns ? -2 : -1);
  }

  private static Placeholder<TFloat32> placeholder(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }
}
