package org.score4j.benchmarks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A convolution or matrix product of a network.
 *
 * @param kind which
 * @param x shape of the activations, or of the first factor
 * @param w shape of the kernel, or of the second factor
 * @param y shape of the result
 * @param stride of a convolution
 * @param transposed whether the second factor is transposed
 */
record Product(Kind kind, Shape x, Shape w, Shape y, int stride, boolean transposed) {

  /** What TensorFlow has for them. */
  enum Kind {
    CONVOLUTION,
    TRANSPOSED_CONVOLUTION,
    MATRIX,
    MATRICES
  }

  /** All that an evaluation of a network for a batch makes, in their order. */
  static List<Product> of(Subject subject, int batch) {
    List<Product> all = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = placeholder(tf, subject.example().prepend(batch));
      Operand<TFloat32> level = placeholder(tf, Shape.of(batch));
      subject
          .recipe()
          .scoreModel()
          .apply(new Shapes(tf), x, new Levels(level, level, level), Condition.none());
      for (Iterator<GraphOperation> operations = graph.operations(); operations.hasNext(); ) {
        of(operations.next()).ifPresent(all::add);
      }
    }
    return all;
  }

  /** Multiplications, each with its addition; at the borders of images those with zeros count. */
  long multiplications() {
    return switch (kind) {
      case CONVOLUTION -> y.size() * w.size() / w.get(-1);
      case TRANSPOSED_CONVOLUTION -> x.size() * w.size() / w.get(-1);
      case MATRIX, MATRICES -> y.size() * x.get(-1);
    };
  }

  private static Optional<Product> of(GraphOperation operation) {
    return switch (operation.type()) {
      case "Conv2D" -> Optional.of(convolution(operation, Kind.CONVOLUTION, 0));
      case "Conv2DBackpropInput" ->
          Optional.of(convolution(operation, Kind.TRANSPOSED_CONVOLUTION, 2));
      case "MatMul" ->
          // Constants rearrange parameters, once for all examples.
          Optional.of(factors(operation, Kind.MATRIX, false))
              .filter(unused -> !operation.input(0).op().type().equals("Const"));
      case "BatchMatMulV2" ->
          Optional.of(
              factors(operation, Kind.MATRICES, operation.attributes().getAttrBool("adj_y")));
      default -> Optional.empty();
    };
  }

  private static Product convolution(GraphOperation operation, Kind kind, int input) {
    int stride = Math.toIntExact(operation.attributes().getAttrIntList("strides")[1]);
    Shape kernel = operation.input(1).shape();
    Shape x = operation.input(input).shape();
    Shape y =
        kind == Kind.CONVOLUTION
            ? operation.output(0).shape()
            : Shape.of(x.get(0), stride * x.get(1), stride * x.get(2), kernel.get(2));
    return new Product(kind, x, kernel, y, stride, false);
  }

  private static Product factors(GraphOperation operation, Kind kind, boolean transposed) {
    return new Product(
        kind,
        operation.input(0).shape(),
        operation.input(1).shape(),
        operation.output(0).shape(),
        1,
        transposed);
  }

  private static Placeholder<TFloat32> placeholder(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /** Parameters that have a shape and no values. */
  private record Shapes(Ops tf) implements ModelScope {
    @Override
    public ModelScope child(String name) {
      return this;
    }

    @Override
    public Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer) {
      return placeholder(tf, shape);
    }

    @Override
    public Operand<TFloat32> buffer(String name, Shape shape, Initializer initializer) {
      return placeholder(tf, shape);
    }

    @Override
    public boolean training() {
      return false;
    }

    @Override
    public Precision precision() {
      return Precision.FLOAT32;
    }

    @Override
    public Operand<TFloat32> uniform(Operand<TFloat32> like) {
      throw new UnsupportedOperationException("there is no training");
    }
  }
}
