package org.score4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
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

class AdamTest {
  private static final int SIZE = 6;

  @Test
  void followsThePaperForTwoThousandSteps() {
    verify(new Adam(), 2000, 1);
  }

  @Test
  void epsilonIsAddedToTheCorrectedDeviation() {
    // Gradients as small as epsilon: an uncorrected epsilon would make the first step 30 times off.
    verify(new Adam(1e-2, 0.9, 0.999, 1e-3), 5, 1e-3);
  }

  @Test
  void otherDecaysAreFollowedToo() {
    verify(new Adam(1e-3, 0, 0.95, 1e-6), 50, 1);
  }

  @Test
  void reportsEveryFaultOfItsComponents() {
    var failure = assertThrows(InvalidValueException.class, () -> new Adam(0, 1, -0.1, Double.NaN));
    assertEquals(4, failure.faults().size());
  }

  @Test
  void refusesADecayThatFloat32RoundsToOne() {
    assertThrows(InvalidValueException.class, () -> new Adam(1e-3, 0.9, 1 - 1e-12, 1e-8));
  }

  /** Runs the graph and the algorithm in double side by side on random gradients. */
  private static void verify(Adam adam, int steps, double gradientScale) {
    try (var step = new OneParameter(adam)) {
      var random = new Random(3);
      double[] expected = new double[SIZE];
      double[] m = new double[SIZE];
      double[] v = new double[SIZE];
      float[] gradient = new float[SIZE];
      for (int n = 1; n <= steps; n++) {
        for (int i = 0; i < SIZE; i++) {
          gradient[i] = (float) ((random.nextGaussian() + i) * gradientScale);
          m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * gradient[i];
          v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * gradient[i] * gradient[i];
          double mean = m[i] / (1 - Math.pow(adam.beta1(), n));
          double square = v[i] / (1 - Math.pow(adam.beta2(), n));
          expected[i] -= adam.learningRate() * mean / (Math.sqrt(square) + adam.epsilon());
        }
        float[] found = step.run(n, gradient);
        for (int i = 0; i < SIZE; i++) {
          // float32 rounds the parameter at each step, and beta2 by 1e-8 once.
          double tolerance = 2e-5 * adam.learningRate() * n + 1e-7 * Math.abs(expected[i]);
          assertEquals(expected[i], found[i], tolerance, "step " + n + " element " + i);
        }
      }
    }
  }

  private static final class OneParameter implements OptimizerGraph, AutoCloseable {
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

    OneParameter(Adam adam) {
      learningRate = tf.constant((float) adam.learningRate());
      update = adam.update(this);
      session = new Session(graph);
      var runner = session.runner();
      initializers.forEach(runner::addTarget);
      runner.run().close();
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
}
