package org.score4j.engine.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.score4j.api.Kernel;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How the divergence {@code tr(J)} of a flow is taken, J being the Jacobian of its rate.
 *
 * @param method exact, or estimated along random directions
 * @param probes number of directions, at least 1; not used if exact
 */
public record Divergence(Method method, int probes) {
  /** Largest number of probes, each of which is a part of the graph. */
  public static final int MOST_PROBES = 1000;

  /** A gradient for each dimension: for points. */
  public static final int MOST_DIMENSIONS = 64;

  /** Where the directions come from. */
  public enum Method {
    /** The unit vectors, all of them: no estimate. */
    EXACT,

    /**
     * Hutchinson's estimator {@code e^T J e} with signs {@code e}, of the least variance (1990).
     */
    RADEMACHER,

    /** The same with standard normal numbers {@code e} (Skilling 1989). */
    GAUSSIAN
  }

  /** Checks the components. */
  public Divergence {
    Validation.begin().within("probes", probes, 1, MOST_PROBES).end();
  }

  /** The exact divergence. */
  public static Divergence exact() {
    return new Divergence(Method.EXACT, 1);
  }

  /**
   * Refuses data of too many dimensions.
   *
   * @throws org.score4j.api.InvalidValueException if an exact divergence would take too long
   */
  public void check(long dimensions) {
    Validation.begin()
        .rule(
            method != Method.EXACT || dimensions <= MOST_DIMENSIONS,
            "divergence",
            "exact",
            "must be rademacher or gaussian for data of more than "
                + MOST_DIMENSIONS
                + " dimensions; these have "
                + dimensions)
        .end();
  }

  /** Directions that are drawn once for a path, and what is found along them. */
  public record Directions(
      Divergence divergence, Ops tf, List<Register> probes, List<Kernel> draws) {

    public static Directions of(Divergence divergence, SamplerGraph graph) {
      var tf = graph.tf();
      List<Register> probes = new ArrayList<>();
      List<Kernel> draws = new ArrayList<>();
      if (divergence.method() != Method.EXACT) {
        for (int i = 0; i < divergence.probes(); i++) {
          var probe = graph.register("probe");
          var noise = graph.noise();
          var rademacher = divergence.method() == Method.RADEMACHER;
          probes.add(probe);
          draws.add(graph.kernel("drawProbe", probe.set(rademacher ? tf.math.sign(noise) : noise)));
        }
      }
      return new Directions(divergence, tf, probes, draws);
    }

    /** Draws new directions. */
    public void draw() {
      draws.forEach(Kernel::run);
    }

    /** The divergence [B, 1], or its estimates [B, probes]. */
    public Operand<TFloat32> of(Operand<TFloat32> x, Operand<TFloat32> rate) {
      if (divergence.method() == Method.EXACT) {
        return tf.expandDims(trace(x, rate), tf.constant(1));
      }
      List<Operand<TFloat32>> estimates = new ArrayList<>();
      for (Register probe : probes) {
        estimates.add(along(probe, x, rate));
      }
      return tf.stack(estimates, org.tensorflow.op.core.Stack.axis(1L));
    }

    private Operand<TFloat32> trace(Operand<TFloat32> x, Operand<TFloat32> rate) {
      long[] shape = x.shape().asArray();
      shape[0] = 1;
      int dimensions = (int) x.shape().tail().size();
      List<Operand<TFloat32>> diagonal = new ArrayList<>();
      for (int i = 0; i < dimensions; i++) {
        float[] axis = new float[dimensions];
        axis[i] = 1;
        diagonal.add(along(tf.reshape(tf.constant(axis), tf.constant(shape)), x, rate));
      }
      return tf.math.addN(diagonal);
    }

    /** {@code e^T J e} of each example: a gradient of a sum whose terms share nothing. */
    private Operand<TFloat32> along(
        Operand<TFloat32> direction, Operand<TFloat32> x, Operand<TFloat32> rate) {
      var row = tf.gradients(List.of(tf.math.mul(rate, direction)), List.of(x)).<TFloat32>dy(0);
      int[] axes = IntStream.range(1, x.shape().numDimensions()).toArray();
      return tf.reduceSum(tf.math.mul(row, direction), tf.constant(axes));
    }
  }
}
