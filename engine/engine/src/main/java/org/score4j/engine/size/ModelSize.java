package org.score4j.engine.size;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.graph.Variable;
import org.score4j.engine.random.RandomKey;
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
      // What depends on parameters alone is done once for all examples.
      Set<String> perExample = new HashSet<>();
      Stream.of(x, levels.t(), levels.alpha(), levels.sigma())
          .forEach(fed -> perExample.add(fed.op().name()));
      long multiplications = 0;
      // A graph lists operations after their inputs.
      for (Iterator<GraphOperation> all = computation.graph().operations(); all.hasNext(); ) {
        GraphOperation operation = all.next();
        if (inputs(operation).anyMatch(perExample::contains)) {
          perExample.add(operation.name());
          multiplications += multiplications(operation);
        }
      }
      return new ModelSize(parameters, multiplications);
    }
  }

  private static Stream<String> inputs(GraphOperation operation) {
    return IntStream.range(0, operation.numInputs()).mapToObj(i -> operation.input(i).op().name());
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
