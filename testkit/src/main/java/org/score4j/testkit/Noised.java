package org.score4j.testkit;

import java.util.Arrays;
import java.util.Random;
import org.score4j.api.NoiseLevel;
import org.tensorflow.ndarray.Shape;

/**
 * Noised examples x = alpha u + sigma z of standard normal data u.
 *
 * @param x the examples, one after the other
 * @param t time of each example, or one for all; as alpha and sigma
 * @param labels class of each example
 */
record Noised(Vector x, float[] t, float[] alpha, float[] sigma, int[] labels) {

  /** An example for each level; all of one class, "any". */
  static Noised at(Shape example, NoiseLevel... levels) {
    var random = new Random(7);
    int size = Math.toIntExact(example.size());
    float[] x = new float[levels.length * size];
    for (int i = 0; i < x.length; i++) {
      NoiseLevel level = levels[i / size];
      x[i] =
          (float) (level.alpha() * random.nextGaussian() + level.sigma() * random.nextGaussian());
    }
    int[] any = new int[levels.length];
    Arrays.fill(any, -1);
    return new Noised(new Vector(x), new float[0], new float[0], new float[0], any)
        .withLevels(levels);
  }

  Noised withLevels(NoiseLevel... levels) {
    float[] t = new float[levels.length];
    float[] alpha = new float[levels.length];
    float[] sigma = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      t[i] = (float) levels[i].t();
      alpha[i] = (float) levels[i].alpha();
      sigma[i] = (float) levels[i].sigma();
    }
    return new Noised(x, t, alpha, sigma, labels);
  }

  Noised withX(Vector other) {
    return new Noised(other, t, alpha, sigma, labels);
  }

  Noised withLabels(int... other) {
    return new Noised(x, t, alpha, sigma, other);
  }

  /** Example i alone, with its own level. */
  Noised example(int i) {
    int size = x.length() / count();
    return new Noised(
        x.part(i * size, (i + 1) * size),
        new float[] {t[i]},
        new float[] {alpha[i]},
        new float[] {sigma[i]},
        new int[] {labels[i]});
  }

  int count() {
    return labels.length;
  }
}
