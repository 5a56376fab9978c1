package org.score4j.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import org.score4j.api.Examples;
import org.score4j.api.MixtureDensity;
import org.score4j.api.NoiseLevel;
import org.score4j.examples.ExampleValues;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.MixturePlane;
import org.score4j.report.plane.NoisedDensity;
import org.score4j.report.plane.SampledPlane;
import org.score4j.report.plane.Timeline;
import org.score4j.report.plane.View;
import org.score4j.report.plane.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recipe's data as pictures of the plane need them.
 *
 * @param density of the noised data
 * @param truth the same where it is known, with its score
 * @param view of the noised data, a square for each level
 * @param timeline of the forward process
 */
record PlaneData(
    NoisedDensity density, Optional<MixturePlane> truth, View view, Timeline timeline) {
  private static final Logger LOG = LoggerFactory.getLogger(PlaneData.class);
  private static final int EXAMPLES = 20_000;
  private static final int SAMPLES = 2000;

  /**
   * Looks at the data, or at samples if the data are missing; empty if they are not points of the
   * plane.
   *
   * @param samples draws so many, row-major
   */
  static Optional<PlaneData> of(Recipe recipe, Examples examples, IntFunction<float[]> samples) {
    if (!Arrays.equals(examples.shape().asArray(), new long[] {2})) {
      return Optional.empty();
    }
    float[] points = points(examples, samples);
    var sampled = new SampledPlane(points);
    Optional<MixturePlane> truth =
        recipe.data() instanceof MixtureDensity known && examples.standardization().isEmpty()
            ? Optional.of(new MixturePlane(known.components()))
            : Optional.empty();
    return Optional.of(
        new PlaneData(
            truth.isPresent() ? truth.get() : sampled,
            truth,
            View.of(points),
            new Timeline(recipe.sde(), sampled.standardDeviation())));
  }

  private static float[] points(Examples examples, IntFunction<float[]> samples) {
    int count = (int) Math.min(EXAMPLES, examples.size().orElse(Long.MAX_VALUE));
    try {
      return ExampleValues.of(examples, 0, count);
    } catch (BadInput missing) {
      LOG.warn("samples stand for the data, which are missing: {}", missing.lines().get(0));
      return samples.apply(SAMPLES);
    }
  }

  /** Sigma times the true score, if it is known. */
  Optional<Arrows> trueArrows(Window window, int side, NoiseLevel level) {
    return truth.map(
        known -> {
          double[] vectors = new double[2 * side * side];
          for (int i = 0; i < side * side; i++) {
            double[] score =
                known.score(level, window.cellX(i % side, side), window.cellY(i / side, side));
            vectors[2 * i] = level.sigma() * score[0];
            vectors[2 * i + 1] = level.sigma() * score[1];
          }
          return new Arrows(window, side, vectors);
        });
  }
}
