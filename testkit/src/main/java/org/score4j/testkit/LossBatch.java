package org.score4j.testkit;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.score4j.api.Loss;
import org.score4j.api.Sde;

/**
 * What a loss is made from: examples of {@link TwoModes}, each of which has two coordinates, a time
 * and a class, that of the mode its first coordinate was drawn from.
 *
 * @param data the examples, one after the other
 * @param seed of the noise
 */
record LossBatch(float[] data, int[] classes, double[] times, long seed) {
  static final int COORDINATES = 2;
  static final TwoModes MODES = new TwoModes(-1, 1, 0.3, 0.5);

  /** So many examples, at times that the loss draws. */
  static LossBatch draw(Loss loss, Sde sde, int count) {
    var random = new Random(1);
    float[] data = new float[count * COORDINATES];
    int[] classes = new int[count];
    for (int i = 0; i < data.length; i++) {
      boolean high = random.nextDouble() < MODES.weight();
      double mode = high ? MODES.high() : MODES.low();
      data[i] = (float) (mode + MODES.deviation() * random.nextGaussian());
      if (i % COORDINATES == 0) {
        classes[i / COORDINATES] = high ? 1 : 0;
      }
    }
    return new LossBatch(data, classes, loss.drawTimes(sde, count, new SplittableRandom(2)), 3);
  }

  /** The same with other examples, times and noises from number {@code kept} on. */
  LossBatch withOthersAfter(int kept) {
    float[] other = data.clone();
    int[] otherClasses = classes.clone();
    double[] otherTimes = times.clone();
    for (int i = kept; i < count(); i++) {
      otherClasses[i] = 1 - classes[i];
      otherTimes[i] = times[(i + 1) % count()];
    }
    for (int i = kept * COORDINATES; i < data.length; i++) {
      other[i] = 2 - 3 * data[i];
    }
    return new LossBatch(other, otherClasses, otherTimes, seed);
  }

  int count() {
    return classes.length;
  }

  /** Standard normal numbers for each coordinate, of the n-th call. */
  float[] noise(int n) {
    return Vector.normal(new Random(seed + n), data.length, 1).values();
  }

  /** The number of each time among all, sorted. */
  int[] order() {
    Integer[] order = new Integer[count()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> Double.compare(times[i], times[j]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
