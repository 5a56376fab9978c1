package org.score4j.report;

import java.util.stream.IntStream;
import org.score4j.recipe.Training;
import org.tensorflow.ndarray.Shape;

/**
 * When samples are drawn while training, and how many: so few that they take some 2 % of the
 * training at most.
 *
 * @param training what is watched
 * @param previews how many times, as {@code logging.previews}
 * @param example shape of an example: [H, W, C] or [D]
 */
record PreviewPlan(Training training, int previews, Shape example) {
  /** Evaluations of the network for each sample. */
  static final int EVALUATIONS = 15;

  private static final double SHARE = 0.02;

  /** An update goes forward and back, which is twice as far. */
  private static final int EVALUATIONS_OF_AN_UPDATE = 3;

  private static final int MOST_IMAGES = 16;
  private static final int LEAST_IMAGES = 4;
  private static final long MOST_PIXELS = 1 << 16;
  private static final int MOST_POINTS = 1000;
  private static final int LEAST_POINTS = 100;

  /** Whether it is time after a step: at squares of the way, as much is learnt in the first few. */
  boolean isDue(long step) {
    return samples() > 0
        && IntStream.rangeClosed(1, previews)
            .mapToDouble(n -> (double) n / previews)
            .anyMatch(way -> step == (long) Math.ceil(way * way * training.steps()));
  }

  /** How many samples there are each time; 0 if even a few would cost too much. */
  int samples() {
    if (previews == 0) {
      return 0;
    }
    double trained = (double) training.steps() * training.batchSize() * training.accumulate();
    double affordable = SHARE * EVALUATIONS_OF_AN_UPDATE * trained / EVALUATIONS / previews;
    if (example.numDimensions() < 3) {
      return affordable < LEAST_POINTS ? 0 : (int) Math.min(MOST_POINTS, affordable);
    }
    long pixels = example.get(0) * example.get(1);
    long most = Math.max(LEAST_IMAGES, Math.min(MOST_IMAGES, MOST_PIXELS / pixels));
    return (int) Math.min(most, affordable) / LEAST_IMAGES * LEAST_IMAGES;
  }
}
