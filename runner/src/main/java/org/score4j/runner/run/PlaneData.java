package org.score4j.runner.run;

import java.util.Arrays;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.MixtureDensity;
import org.score4j.api.NoiseLevel;
import org.score4j.runner.plane.Arrows;
import org.score4j.runner.plane.MixturePlane;
import org.score4j.runner.plane.NoisedDensity;
import org.score4j.runner.plane.SampledPlane;
import org.score4j.runner.plane.Timeline;
import org.score4j.runner.plane.View;
import org.score4j.runner.plane.Window;
import org.score4j.runner.recipe.Recipe;

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
  private static final int EXAMPLES = 20_000;

  /** Looks at the data; empty if they are not points of the plane. */
  static Optional<PlaneData> of(Recipe recipe, Examples examples) {
    if (!Arrays.equals(examples.shape().asArray(), new long[] {2})) {
      return Optional.empty();
    }
    int count = (int) Math.min(EXAMPLES, examples.size().orElse(Long.MAX_VALUE));
    float[] points = Evaluator.values(examples, 0, count);
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
