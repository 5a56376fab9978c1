package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The derivative of a weighted sum of a model's output along a random direction of its parameters
 * and of x, by gradients and by differences of fourth order. The larger half of what each parameter
 * adds to it is made alike, so that none hides another.
 */
final class Slope {
  private final ModelTrial trial;
  private final Map<String, Vector> at;
  private final Noised batch;
  private final double step;
  private final Vector weights;
  private final List<Vector> directions = new ArrayList<>();
  private final double[] shares;

  /**
   * The slope at some values of the parameters.
   *
   * @param step of the differences, relative to the size of a parameter's numbers
   */
  Slope(ModelTrial trial, Map<String, Vector> at, Noised batch, double step) {
    this.trial = trial;
    this.at = at;
    this.batch = batch;
    this.step = step;
    var random = new Random(1);
    weights = Vector.normal(random, trial.output(batch).length(), 1);
    List<Vector> gradients = trial.gradients(batch, at, weights);
    shares = new double[gradients.size()];
    for (int i = 0; i < shares.length; i++) {
      Vector from = isX(i) ? batch.x() : at.get(name(i));
      double scale = Math.max(from.norm() / Math.sqrt(from.length()), 0.1);
      directions.add(Vector.normal(random, from.length(), scale));
      shares[i] = gradients.get(i).times(directions.get(i));
    }
    makeAlike();
  }

  private void makeAlike() {
    double[] sizes = Arrays.stream(shares).map(Math::abs).filter(s -> s > 0).sorted().toArray();
    double usual = sizes.length == 0 ? 0 : sizes[sizes.length / 2];
    for (int i = 0; i < shares.length; i++) {
      if (Math.abs(shares[i]) > usual) {
        double excess = Math.abs(shares[i]) / usual - 1;
        directions.set(i, directions.get(i).plus(-excess / (1 + excess), directions.get(i)));
        shares[i] /= 1 + excess;
      }
    }
  }

  private boolean isX(int i) {
    return i == trial.trained().size();
  }

  private String name(int i) {
    return isX(i) ? "x" : trial.trained().get(i);
  }

  /**
   * Holds gradients against differences: of all together, and if they disagree of each alone, to
   * name the culprit.
   *
   * @param tolerance relative to the root of the sum of the shares' squares
   */
  void verify(double tolerance) {
    int[] all = IntStream.range(0, shares.length).toArray();
    if (!agrees(tolerance, all)) {
      for (int i : all) {
        verify(tolerance, "the gradient of " + name(i), i);
      }
      verify(tolerance, "the gradients of all parameters and x together", all);
    }
  }

  private boolean agrees(double tolerance, int... moved) {
    Difference difference = difference(moved);
    return Math.abs(difference.value - slope(moved)) <= allowed(tolerance, difference, moved);
  }

  private void verify(double tolerance, String what, int... moved) {
    Difference difference = difference(moved);
    assertEquals(
        difference.value,
        slope(moved),
        allowed(tolerance, difference, moved),
        what + ", times a direction, against differences");
  }

  private double slope(int... moved) {
    return IntStream.of(moved).mapToDouble(i -> shares[i]).sum();
  }

  private double allowed(double tolerance, Difference difference, int... moved) {
    double squares = IntStream.of(moved).mapToDouble(i -> shares[i] * shares[i]).sum();
    return tolerance * Math.sqrt(squares) + difference.rounding;
  }

  private record Difference(double value, double rounding) {}

  private Difference difference(int... moved) {
    double[] sums = new double[5];
    double scale = 0;
    for (int side = -2; side <= 2; side++) {
      Map<String, Vector> there = new LinkedHashMap<>(at);
      Noised movedBatch = batch;
      for (int i : moved) {
        if (isX(i)) {
          movedBatch = batch.withX(batch.x().plus(side * step, directions.get(i)));
        } else {
          there.put(name(i), at.get(name(i)).plus(side * step, directions.get(i)));
        }
      }
      Vector y = trial.output(movedBatch, there, 0);
      sums[side + 2] = y.times(weights);
      scale = Math.max(scale, y.norm());
    }
    double value = (8 * (sums[3] - sums[1]) - (sums[4] - sums[0])) / (12 * step);
    // Of a sum of numbers that have each gone through many roundings of 6e-8.
    return new Difference(value, 1e-6 * scale / step);
  }
}
