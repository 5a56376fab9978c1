package org.score4j.benchmarks;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.score4j.api.Precision;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * The convolutions and matrix products of a network and nothing else, one after the other, on
 * operands that are there already: what an evaluation takes at least, with TensorFlow's kernels;
 * with the products of their gradients, what a training step takes at least.
 */
final class OurProducts implements Task {
  // The rewriter would drop products whose results nobody uses.
  private static final RewriterConfig AS_IT_IS =
      RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Session session;
  private final boolean training;
  private final Map<Shape, Operand<? extends TNumber>> operands = new HashMap<>();
  private final Map<Shape, Operand<? extends TNumber>> constants = new HashMap<>();
  private final List<Op> assignments = new ArrayList<>();
  private Op last = tf.noOp();

  OurProducts(Subject subject, int batch, Precision precision, boolean training, int threads) {
    this.training = training;
    Class<? extends TNumber> type =
        precision == Precision.FLOAT32 ? TFloat32.class : TBfloat16.class;
    Product.of(subject, batch).forEach(product -> add(product, type));
    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(AS_IT_IS))
                .build());
    Session.Runner runner = session.runner();
    assignments.forEach(runner::addTarget);
    runner.run().close();
  }

  private <T extends TNumber> void add(Product product, Class<T> type) {
    Operand<T> x = operand(product.x(), type);
    boolean parameter = product.kind() != Product.Kind.MATRICES;
    Operand<T> w =
        parameter && !training ? constant(product.w(), type) : operand(product.w(), type);
    Operand<T> g = operand(product.y(), type);
    List<Long> strides = List.of(1L, (long) product.stride(), (long) product.stride(), 1L);
    boolean transposed = product.transposed();
    switch (product.kind()) {
      case CONVOLUTION -> {
        then(at -> at.nn.conv2d(x, w, strides, "SAME"));
        inTraining(
            at -> at.nn.conv2dBackpropInput(sizes(product.x()), w, g, strides, "SAME"),
            at -> at.nn.conv2dBackpropFilter(x, sizes(product.w()), g, strides, "SAME"));
      }
      case TRANSPOSED_CONVOLUTION -> {
        then(at -> at.nn.conv2dBackpropInput(sizes(product.y()), w, x, strides, "SAME"));
        inTraining(
            at -> at.nn.conv2d(g, w, strides, "SAME"),
            at -> at.nn.conv2dBackpropFilter(g, sizes(product.w()), x, strides, "SAME"));
      }
      case MATRIX -> {
        then(at -> at.linalg.matMul(x, w));
        inTraining(
            at -> at.linalg.matMul(g, w, MatMul.transposeB(true)),
            at -> at.linalg.matMul(x, g, MatMul.transposeA(true)));
      }
      case MATRICES -> {
        then(at -> batched(at, x, false, w, transposed));
        inTraining(
            at -> batched(at, g, false, w, !transposed),
            at -> transposed ? batched(at, g, true, x, false) : batched(at, x, true, g, false));
      }
    }
  }

  /** A product that waits for the one before. */
  private void then(Function<Ops, Op> product) {
    last = product.apply(tf.withControlDependencies(List.of(last)));
  }

  private void inTraining(Function<Ops, Op> ofX, Function<Ops, Op> ofW) {
    if (training) {
      then(ofX);
      then(ofW);
    }
  }

  private static <T extends TNumber> Op batched(
      Ops tf, Operand<T> a, boolean transposeA, Operand<T> b, boolean transposeB) {
    return tf.scope()
        .opBuilder("BatchMatMulV2", "BatchMatMul")
        .addInput(a.asOutput())
        .addInput(b.asOutput())
        .setAttr("adj_x", transposeA)
        .setAttr("adj_y", transposeB)
        .build()
        .output(0);
  }

  private Operand<TInt32> sizes(Shape shape) {
    int[] sizes = new int[shape.numDimensions()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(shape.get(i));
    }
    return tf.constant(sizes);
  }

  /** Parameters, which do not change but in training. */
  @SuppressWarnings("unchecked")
  private <T extends TNumber> Operand<T> constant(Shape shape, Class<T> type) {
    return (Operand<T>)
        constants.computeIfAbsent(
            shape,
            unused -> {
              var values = DataBuffers.of(FloatBuffer.wrap(normal(shape)));
              try (TFloating tensor =
                  type == TFloat32.class
                      ? TFloat32.tensorOf(shape, values)
                      : TBfloat16.tensorOf(shape, values)) {
                return tf.constantOf(tensor);
              }
            });
  }

  private static float[] normal(Shape shape) {
    var random = new SplittableRandom(shape.size());
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Normal numbers of a shape, the same tensor for all that ask. */
  @SuppressWarnings("unchecked")
  private <T extends TNumber> Operand<T> operand(Shape shape, Class<T> type) {
    return (Operand<T>)
        operands.computeIfAbsent(
            shape,
            unused -> {
              var variable = tf.varHandleOp(type, shape, VarHandleOp.sharedName("operand" + shape));
              var key = tf.constant(new long[] {1, shape.size()});
              var numbers =
                  tf.random.statelessRandomNormal(
                      tf.constant(shape.asArray()), key, TFloat32.class);
              assignments.add(tf.assignVariableOp(variable, tf.dtypes.cast(numbers, type)));
              return tf.readVariableOp(variable, type);
            });
  }

  @Override
  public void run() {
    session.runner().addTarget(last).run().close();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
