package org.score4j.loss;

import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.ScoreField;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A loss whose times and noise are given.
 *
 * @param loss the loss
 * @param times one for each example, row after row, all different
 * @param noise images [B, H, W, C], row after row
 * @param image H, W, C
 * @param row which of the rows the next step is to use
 */
record PeerDraws(Loss loss, double[] times, float[] noise, Shape image, IntSupplier row)
    implements Loss {

  @Override
  public double[] drawTimes(Sde sde, int batch, RandomGenerator random) {
    int from = row.getAsInt() * batch;
    return Arrays.copyOfRange(times, from, from + batch);
  }

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    return loss.perExample(new Given(graph));
  }

  private int place(double t) {
    for (int i = 0; i < times.length; i++) {
      if (times[i] == t) {
        return i;
      }
    }
    throw new AssertionError("no given time is " + t);
  }

  private final class Given implements LossGraph {
    private final LossGraph graph;

    Given(LossGraph graph) {
      this.graph = graph;
    }

    /** By the number of an example's time, as that is what the host knows of it. */
    @Override
    public Term noise() {
      var tf = graph.tf();
      var rows = tf.reshape(tf.constant(noise), tf.constant(image.prepend(times.length).asArray()));
      var places = graph.coefficient("place", l -> place(l.t()));
      return Term.of(tf, tf.gather(rows, tf.dtypes.cast(places, TInt32.class), tf.constant(0)));
    }

    @Override
    public Ops tf() {
      return graph.tf();
    }

    @Override
    public Sde sde() {
      return graph.sde();
    }

    @Override
    public Term data() {
      return graph.data();
    }

    @Override
    public LevelTensors level() {
      return graph.level();
    }

    @Override
    public Term coefficient(String name, ToDoubleFunction<NoiseLevel> of) {
      return graph.coefficient(name, of);
    }

    @Override
    public ScoreField field() {
      return graph.field();
    }
  }
}
