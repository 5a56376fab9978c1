package org.score4j.testkit;

import java.util.Arrays;
import java.util.Random;

/** Numbers of a tensor, row-major. */
record Vector(float[] values) {

  /** Independent N(0, deviation^2). */
  static Vector normal(Random random, int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return new Vector(values);
  }

  int length() {
    return values.length;
  }

  /** Those from number {@code from} to before number {@code to}. */
  Vector part(int from, int to) {
    return new Vector(Arrays.copyOfRange(values, from, to));
  }

  Vector plus(double factor, Vector other) {
    float[] sum = new float[values.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (values[i] + factor * other.values[i]);
    }
    return new Vector(sum);
  }

  double times(Vector other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return sum;
  }

  double norm() {
    return Math.sqrt(times(this));
  }

  float largest() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** Whether the other is not the same but for rounding. */
  boolean differsFrom(Vector other) {
    return !(plus(-1, other).largest() <= 1e-5f * largest());
  }
}
