package org.score4j.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

/**
 * Examples drawn from a density; number n comes from a random stream of its own, so it does not
 * depend on what was read before or on other threads.
 *
 * @param weights of the classes, whose shares are proportional to them; empty if there are none
 */
record PointExamples(
    int dimension, List<Double> weights, long seed, Density density, String fingerprint)
    implements Examples {

  /** How a point is drawn. */
  @FunctionalInterface
  interface Density {
    /**
     * Draws a point.
     *
     * @param point where it goes, of the density's dimension
     * @return its class; anything when there are no classes
     */
    int draw(RandomGenerator random, double[] point);
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public Shape shape() {
    return Shape.of(dimension);
  }

  @Override
  public Optional<PixelRange> pixels() {
    return Optional.empty();
  }

  @Override
  public int classes() {
    return weights.size();
  }

  @Override
  public double[] classShares() {
    double total = weights.stream().mapToDouble(w -> w).sum();
    return weights.stream().mapToDouble(w -> w / total).toArray();
  }

  @Override
  public void read(long index, ByteBuffer into) {
    double[] point = new double[dimension];
    draw(index, point);
    for (double coordinate : point) {
      into.putFloat((float) coordinate);
    }
  }

  @Override
  public int label(long index) {
    return weights.isEmpty() ? Examples.super.label(index) : draw(index, new double[dimension]);
  }

  private int draw(long index, double[] point) {
    if (index < 0) {
      throw new IndexOutOfBoundsException("example " + index + "; the first is 0");
    }
    return density.draw(SplitMix64.of(seed, index), point);
  }
}
