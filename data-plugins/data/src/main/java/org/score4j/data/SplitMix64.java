package org.score4j.data;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): draw k
 * is {@code mix(state + k gamma)}.
 *
 * <p>Written out, with Box and Muller's normal deviates, because the platform's generators promise
 * neither the same numbers on every version of Java nor the same bits on every machine.
 */
final class SplitMix64 implements RandomGenerator {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  SplitMix64(long state) {
    this.state = state;
  }

  /** The stream that belongs to one example. */
  static SplitMix64 of(long seed, long index) {
    return new SplitMix64(mix(mix(seed) + index));
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** {@code sqrt(-2 ln u) cos(2 pi v)} of u uniform on (0, 1] and v on [0, 1). */
  @Override
  public double nextGaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
