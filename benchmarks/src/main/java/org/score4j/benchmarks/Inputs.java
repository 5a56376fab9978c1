package org.score4j.benchmarks;

import java.util.Random;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;

/**
 * A batch that both sides are given.
 *
 * @param data clean [B, H, W, C] or [B, D], row-major
 * @param noise of the same shape
 * @param t time of each example
 * @param alpha of each example
 * @param sigma of each example
 */
record Inputs(float[] data, float[] noise, float[] t, float[] alpha, float[] sigma) {

  static Inputs of(Subject subject, int batch) {
    var random = new Random(batch);
    int size = batch * (int) subject.example().size();
    float[] data = new float[size];
    float[] noise = new float[size];
    for (int i = 0; i < size; i++) {
      data[i] = 2 * random.nextFloat() - 1;
      noise[i] = (float) random.nextGaussian();
    }
    Sde sde = subject.recipe().sde();
    float[] t = new float[batch];
    float[] alpha = new float[batch];
    float[] sigma = new float[batch];
    for (int i = 0; i < batch; i++) {
      t[i] = (i + 1) / (batch + 1f);
      NoiseLevel level = sde.level(t[i]);
      alpha[i] = (float) level.alpha();
      sigma[i] = (float) level.sigma();
    }
    return new Inputs(data, noise, t, alpha, sigma);
  }

  int batch() {
    return t.length;
  }

  /** alpha data + sigma noise. */
  float[] noised() {
    float[] x = new float[data.length];
    int each = x.length / batch();
    for (int i = 0; i < x.length; i++) {
      x[i] = alpha[i / each] * data[i] + sigma[i / each] * noise[i];
    }
    return x;
  }

  /**
   * What the published networks are told of the noise level: 999 t; ours for points, ln(sigma /
   * alpha).
   */
  float[] labels(boolean images) {
    float[] labels = new float[batch()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images ? (float) (999.0 * t[i]) : (float) Math.log((double) sigma[i] / alpha[i]);
    }
    return labels;
  }
}
