package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreField;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A batch of images N(0, SD^2 I), all at one noise level, where the noised score is -x / v with v =
 * alpha^2 SD^2 + sigma^2.
 */
final class GaussianBatch implements LossGraph {
  static final double SD = 2;
  static final int BATCH = 4096;
  static final int SIDE = 4;
  static final int DIMENSIONS = SIDE * SIDE;

  /**
   * A loss of the batch.
   *
   * @param standardError of the mean over the examples
   */
  record Mean(double value, double standardError) {}

  private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  private final Ops tf;
  private final Sde sde;
  private final NoiseLevel level;
  private final ScoreField field;
  private final Operand<TFloat32> data;
  private final IntFunction<Operand<TFloat32>> noise;
  private int noises;

  private GaussianBatch(
      Ops tf,
      Sde sde,
      NoiseLevel level,
      ScoreField field,
      Operand<TFloat32> data,
      IntFunction<Operand<TFloat32>> noise) {
    this.tf = tf;
    this.sde = sde;
    this.level = level;
    this.field = field;
    this.data = data;
    this.noise = noise;
  }

  /** The loss of the score -k x. */
  static Mean ofScore(Loss loss, double k, Sde sde, NoiseLevel level) {
    return mean(
        loss,
        sde,
        level,
        tf -> Prediction.SCORE.field(tf, (x, l) -> tf.math.mul(x, tf.constant((float) -k))));
  }

  /** The loss of a model that predicts the noise as the score -k x has it, and a variance. */
  static Mean ofScoreAndVariance(Loss loss, double k, double v, Sde sde, NoiseLevel level) {
    return mean(loss, sde, level, tf -> noiseAndVariance(tf, level, k, v));
  }

  /** The losses of given numbers with given noise, one a number; otherwise as above. */
  static double[] ofGiven(
      Loss loss, float[] data, float[] noise, Sde sde, NoiseLevel level, double k, double v) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var shape = tf.constant(new int[] {data.length, 1, 1, 1});
      var batch =
          new GaussianBatch(
              tf,
              sde,
              level,
              noiseAndVariance(tf, level, k, v),
              tf.reshape(tf.constant(data), shape),
              n -> tf.reshape(tf.constant(noise), shape));
      var perExample = loss.perExample(batch);
      try (Session session = new Session(graph);
          var result = session.runner().fetch(perExample).run()) {
        var losses = (TFloat32) result.get(0);
        return IntStream.range(0, data.length).mapToDouble(losses::getFloat).toArray();
      }
    }
  }

  private static ScoreField noiseAndVariance(Ops tf, NoiseLevel level, double k, double v) {
    return Prediction.NOISE.field(
        tf,
        (x, l) -> {
          var noise = tf.math.mul(x, tf.constant((float) (k * level.sigma())));
          var variance =
              tf.math.add(tf.math.mul(x, tf.constant(0f)), tf.constant((float) (2 * v - 1)));
          return tf.concat(List.of(noise, variance), tf.constant(3));
        });
  }

  private static Mean mean(Loss loss, Sde sde, NoiseLevel level, Function<Ops, ScoreField> field) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var data = tf.math.mul(normal(tf, 0), tf.constant((float) SD));
      var perExample =
          loss.perExample(
              new GaussianBatch(tf, sde, level, field.apply(tf), data, n -> normal(tf, n)));
      var mean = tf.math.mean(perExample, tf.constant(0));
      var square = tf.math.mean(tf.math.square(tf.math.sub(perExample, mean)), tf.constant(0));
      try (Session session = new Session(graph);
          var result = session.runner().fetch(perExample).fetch(mean).fetch(square).run()) {
        assertEquals(Shape.of(BATCH), result.get(0).shape());
        return new Mean(
            ((TFloat32) result.get(1)).getFloat(),
            Math.sqrt(((TFloat32) result.get(2)).getFloat() / BATCH));
      }
    }
  }

  /** Of the noised data, in each dimension. */
  static double variance(NoiseLevel level) {
    return level.alpha() * level.alpha() * SD * SD + level.sigma() * level.sigma();
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public Sde sde() {
    return sde;
  }

  @Override
  public Term coefficient(String name, ToDoubleFunction<NoiseLevel> of) {
    return Term.of(tf, filled((float) of.applyAsDouble(level)));
  }

  @Override
  public Term data() {
    return Term.of(tf, data);
  }

  @Override
  public Term noise() {
    noises++;
    return Term.of(tf, noise.apply(noises));
  }

  @Override
  public LevelTensors level() {
    return new Levels(
        filled((float) level.t()), filled((float) level.alpha()), filled((float) level.sigma()));
  }

  @Override
  public ScoreField field() {
    return field;
  }

  private Operand<TFloat32> filled(float value) {
    return tf.fill(tf.constant(new long[] {data.shape().get(0)}), tf.constant(value));
  }

  private static Operand<TFloat32> normal(Ops tf, long seed) {
    var random = new Random(seed);
    float[] values = new float[BATCH * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tf.reshape(tf.constant(values), tf.constant(new int[] {BATCH, SIDE, SIDE, 1}));
  }
}
