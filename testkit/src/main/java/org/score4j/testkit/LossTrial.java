package org.score4j.testkit;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.score4j.api.ClassLogits;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreField;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A loss in a graph of its own, of a model that is exact but for a multiple of an error: of the
 * noise it expects, or of the logits of a classifier.
 */
final class LossTrial implements LossGraph, AutoCloseable {
  private final SmallGraph graph = SmallGraph.empty();
  private final Ops tf = graph.tf();
  private final Sde sde;
  private final LossBatch batch;
  private final Error error;
  private final Placeholder<TFloat32> amount;
  private final Operand<TFloat32> losses;
  private int noises;

  /** By what the model is wrong, as a function of where it is asked. */
  enum Error {
    CONSTANT {
      @Override
      Operand<TFloat32> at(Ops tf, Operand<TFloat32> x, Operand<TFloat32> exact) {
        return tf.onesLike(x);
      }
    },
    OF_THE_PLACE {
      @Override
      Operand<TFloat32> at(Ops tf, Operand<TFloat32> x, Operand<TFloat32> exact) {
        return tf.math.tanh(x);
      }
    },
    OF_THE_SIZE {
      @Override
      Operand<TFloat32> at(Ops tf, Operand<TFloat32> x, Operand<TFloat32> exact) {
        return exact;
      }
    };

    abstract Operand<TFloat32> at(Ops tf, Operand<TFloat32> x, Operand<TFloat32> exact);
  }

  private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  LossTrial(Loss loss, Sde sde, LossBatch batch, Error error) {
    this.sde = sde;
    this.batch = batch;
    this.error = error;
    amount = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    try {
      losses = loss.perExample(this);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Shape of the loss, as the graph knows it. */
  Shape shape() {
    return losses.shape();
  }

  /** The loss of each example, the error being so many times that of the trial. */
  float[] losses(double times) {
    return run(losses, times);
  }

  /** The derivatives of the mean loss in that number, by gradients. */
  double[] slopes(double... times) {
    var mean = tf.math.mean(losses, tf.constant(0));
    var gradient = tf.gradients(mean, List.of(amount)).<TFloat32>dy(0);
    return DoubleStream.of(times).map(t -> run(gradient, t)[0]).toArray();
  }

  private float[] run(Operand<TFloat32> fetched, double times) {
    try (var fed = TFloat32.scalarOf((float) times);
        var result = graph.session().runner().feed(amount, fed).fetch(fetched).run()) {
      return SmallGraph.values(result.get(0));
    }
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
  public Term data() {
    return examples(batch.data());
  }

  private Term examples(float[] values) {
    return Term.of(
        tf,
        tf.reshape(
            tf.constant(values), tf.constant(new int[] {batch.count(), LossBatch.COORDINATES})));
  }

  @Override
  public LevelTensors level() {
    return new Levels(
        coefficient("t", NoiseLevel::t),
        coefficient("alpha", NoiseLevel::alpha),
        coefficient("sigma", NoiseLevel::sigma));
  }

  @Override
  public Term coefficient(String name, ToDoubleFunction<NoiseLevel> of) {
    float[] values = new float[batch.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) of.applyAsDouble(sde.level(batch.times()[i]));
    }
    return Term.of(tf, tf.constant(values));
  }

  @Override
  public Term noise() {
    noises++;
    return examples(batch.noise(noises));
  }

  @Override
  public Condition condition() {
    return Condition.labels(tf.constant(batch.classes()), 2);
  }

  /** A variance midway between its bounds comes with it, for the losses that train one. */
  @Override
  public ScoreField field() {
    return Prediction.NOISE.field(
        tf,
        (x, level) -> {
          var sigma = LevelTensors.align(tf, level.sigma(), x);
          var exact = tf.math.neg(tf.math.mul(sigma, LossBatch.MODES.score(tf, x, level)));
          var wrong = tf.math.add(exact, tf.math.mul(amount, error.at(tf, x, exact)));
          return tf.concat(List.of(wrong, tf.zerosLike(x)), tf.constant(1));
        });
  }

  @Override
  public ClassLogits classifier() {
    return (x, level) -> {
      var first = tf.slice(x, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
      var exact = LossBatch.MODES.logOdds(tf, first, level);
      var wrong = tf.math.add(exact, tf.math.mul(amount, error.at(tf, first, exact)));
      return tf.concat(List.of(tf.zerosLike(first), wrong), tf.constant(1));
    };
  }

  @Override
  public void close() {
    graph.close();
  }
}
