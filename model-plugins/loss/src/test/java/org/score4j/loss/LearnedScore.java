package org.score4j.loss;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.score4j.api.Loss;
import org.score4j.api.MixtureComponent;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.training.Augmentation;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.engine.training.TrainingSettings;
import org.score4j.format.TensorFile;
import org.score4j.model.GaussianMixture;
import org.score4j.optimizer.Adam;
import org.tensorflow.ndarray.Shape;

/**
 * A model trained on points of a mixture, whose score is known at every noise level.
 *
 * @param mixture the data
 * @param sde the forward process
 * @param model what was trained
 * @param checkpoint its parameters
 */
record LearnedScore(GaussianMixture mixture, Sde sde, ScoreModel model, Path checkpoint) {
  private static final int BATCH = 512;

  /** Trains as a recipe would. */
  static LearnedScore train(
      GaussianMixture mixture, Sde sde, ScoreModel model, Loss loss, int steps, Path folder) {
    var settings =
        new TrainingSettings(BATCH, 100, 1, 0.998, 0, Augmentation.NONE, Precision.FLOAT32, 0);
    var adam = new Adam(2e-3, 0.9, 0.999, 1e-8);
    var random = new Random(0);
    Path checkpoint = folder.resolve("learned.safetensors");
    try (var program =
        new TrainingProgram(sde, model, loss, adam, settings, Shape.of(2), Optional.empty(), 0)) {
      ByteBuffer batch =
          ByteBuffer.allocateDirect(2 * BATCH * Float.BYTES).order(ByteOrder.nativeOrder());
      for (int step = 1; step <= steps; step++) {
        batch.asFloatBuffer().put(draws(mixture, BATCH, random));
        program.step(step, batch, new int[BATCH]);
      }
      program.save(checkpoint, Map.of());
    }
    return new LearnedScore(mixture, sde, model, checkpoint);
  }

  /** Points of a mixture, row-major. */
  static float[] draws(GaussianMixture mixture, int count, Random random) {
    float[] points = new float[2 * count];
    for (int i = 0; i < count; i++) {
      double rest = random.nextDouble();
      int k = 0;
      while (rest >= mixture.components().get(k).weight() && k < mixture.components().size() - 1) {
        rest -= mixture.components().get(k++).weight();
      }
      MixtureComponent mode = mixture.components().get(k);
      for (int axis = 0; axis < 2; axis++) {
        points[2 * i + axis] =
            (float)
                (mode.mean().get(axis)
                    + mode.standardDeviation().get(axis) * random.nextGaussian());
      }
    }
    return points;
  }

  /** Root of E |s - score|^2 / E |score|^2 over the noised data of one time. */
  double relativeError(double t) {
    var random = new Random(1);
    int count = 4000;
    float[] points = draws(mixture, count, random);
    NoiseLevel level = sde.level(t);
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) (level.alpha() * points[i] + level.sigma() * random.nextGaussian());
    }
    float[] learned = at(points, t);
    float[] exact = exactAt(points, t);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < points.length; i++) {
      error += Math.pow(learned[i] - exact[i], 2);
      norm += Math.pow(exact[i], 2);
    }
    return Math.sqrt(error / norm);
  }

  /** The learned score at points, row-major. */
  float[] at(float[] points, double t) {
    return field(model, points, t, learned());
  }

  /** The exact score of the noised mixture at points, row-major. */
  float[] exactAt(float[] points, double t) {
    return field(mixture, points, t, new SamplingOptions());
  }

  /** Samples by a sampler, row-major. */
  float[] samples(Sampler sampler, int count) {
    try (var program = program(model, sampler, count, learned())) {
      return program.draw(0, 0, n -> 0, Progress.NONE);
    }
  }

  private float[] field(ScoreModel of, float[] points, double t, SamplingOptions options) {
    try (var program = program(of, new Field(t), points.length / 2, options)) {
      return program.drawFrom(points, 0, 0, n -> 0, Progress.NONE);
    }
  }

  private SamplingOptions learned() {
    return new SamplingOptions()
        .with(new StoredParameters(() -> TensorFile.open(checkpoint), "ema"));
  }

  private SamplingProgram program(
      ScoreModel of, Sampler sampler, int count, SamplingOptions options) {
    return new SamplingProgram(sde, of, sampler, Shape.of(2), count, 0, Precision.FLOAT32, options);
  }

  /** Leaves the score of the state in its place. */
  private record Field(double t) implements Sampler {

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      var level = graph.level("t");
      var x = graph.state();
      var evaluate = graph.kernel("score", x.set(graph.at(x, level).score()));
      return progress -> evaluate.run(level.at(t));
    }
  }
}
