package org.score4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** A parameter of zeros under an optimiser, fed with gradients. */
final class OneParameter implements OptimizerGraph, AutoCloseable {
  static final int SIZE = 6;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Op> initializers = new ArrayList<>();
  private final Map<String, Placeholder<TFloat32>> scalars = new HashMap<>();
  private final Map<String, LongToDoubleFunction> functions = new HashMap<>();
  private final Placeholder<TFloat32> gradient =
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(SIZE)));
  private final Operand<TFloat32> learningRate;
  private final Operand<? extends TType> parameter = zeros("parameter");
  private final Op update;
  private final Session session;

  OneParameter(Optimizer optimizer) {
    learningRate = tf.constant((float) optimizer.learningRate());
    update = optimizer.update(this);
    session = new Session(graph);
    var runner = session.runner();
    initializers.forEach(runner::addTarget);
    runner.run().close();
  }

  /** One element by the published formula, in double. */
  interface Formula {
    /** The element after step n = 1, 2, ... with gradient g. */
    double after(int n, double parameter, double g, double[] memory);
  }

  /** Runs graph and formula side by side on random gradients, and holds them together. */
  static void verify(Optimizer optimizer, Formula formula, int steps, double gradientScale) {
    try (var step = new OneParameter(optimizer)) {
      var random = new Random(3);
      double[] expected = new double[SIZE];
      double[][] memory = new double[SIZE][2];
      float[] gradient = new float[SIZE];
      for (int n = 1; n <= steps; n++) {
        for (int i = 0; i < SIZE; i++) {
          gradient[i] = (float) ((random.nextGaussian() + i) * gradientScale);
          expected[i] = formula.after(n, expected[i], gradient[i], memory[i]);
        }
        float[] found = step.run(n, gradient);
        for (int i = 0; i < SIZE; i++) {
          // float32 rounds a decay by 1e-8 once, and the parameter at each step, to either side.
          double tolerance =
              2e-5 * optimizer.learningRate() * n + 1e-7 * Math.sqrt(n) * Math.abs(expected[i]);
          assertEquals(expected[i], found[i], tolerance, "step " + n + " element " + i);
        }
      }
    }
  }

  /** The parameter's first element after each of some gradients. */
  static double[] path(Optimizer optimizer, double... gradients) {
    double[] path = new double[gradients.length];
    try (var step = new OneParameter(optimizer)) {
      for (int n = 1; n <= gradients.length; n++) {
        float[] all = new float[SIZE];
        all[0] = (float) gradients[n - 1];
        path[n - 1] = step.run(n, all)[0];
      }
    }
    return path;
  }

  /** Takes step {@code n} and returns the parameter. */
  float[] run(long n, float[] gradientValues) {
    var opened = new ArrayList<TFloat32>();
    var runner = session.runner().addTarget(update);
    opened.add(TFloat32.tensorOf(Shape.of(SIZE), DataBuffers.of(gradientValues)));
    runner.feed(gradient, opened.get(0));
    scalars.forEach(
        (name, input) -> {
          var value = TFloat32.scalarOf((float) functions.get(name).applyAsDouble(n));
          opened.add(value);
          runner.feed(input, value);
        });
    runner.run().close();
    opened.forEach(TFloat32::close);
    try (var result = session.runner().fetch(read).run()) {
      float[] values = new float[SIZE];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private final Operand<TFloat32> read = tf.readVariableOp(parameter, TFloat32.class);

  private Operand<? extends TType> zeros(String name) {
    var handle = tf.varHandleOp(TFloat32.class, Shape.of(SIZE), VarHandleOp.sharedName(name));
    initializers.add(tf.assignVariableOp(handle, tf.constant(new float[SIZE])));
    return handle;
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public Operand<? extends TType> parameter() {
    return parameter;
  }

  @Override
  public Operand<TFloat32> gradient() {
    return gradient;
  }

  @Override
  public Operand<TFloat32> learningRate() {
    return learningRate;
  }

  @Override
  public Operand<? extends TType> slot(String name) {
    return zeros(name);
  }

  @Override
  public Operand<TFloat32> scalar(String name, LongToDoubleFunction ofStep) {
    functions.put(name, ofStep);
    return scalars.computeIfAbsent(
        name, unused -> tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar())));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
