package org.score4j.data;

import java.util.List;
import java.util.random.RandomGenerator;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * A spiral that winds out from a hole, with noise: the cross-section of the roll of Marsland (2009)
 * that scikit-learn has.
 *
 * <pre>
 *   x = scale (t / b) (cos t, sin t) + noise z,    t ~ U[a, b],  z ~ N(0, I),
 *   a = 3 pi / 2,    b = a + 2 pi turns.
 * </pre>
 *
 * <p>Examples are float32 [2], without end and without classes. {@code E|x|^2 = scale^2 (a^2 + ab +
 * b^2) / 3b^2 + 2 noise^2}; by default the mean is (0.30, 0.03) and the variance, averaged over the
 * two directions, 1.02.
 *
 * @param turns how often it winds, above 0; 1.5 by default
 * @param scale radius at the outer end, above 0; 2.1 by default
 * @param noise standard deviation of the noise, 0 or above; 0.05 by default
 * @param seed examples are a function of it and their number
 */
@PluginName("swiss-roll")
public record SwissRoll(double turns, double scale, double noise, long seed) implements Dataset {
  private static final double INNER_ANGLE = 1.5 * Math.PI;

  /** 1.5 turns, scale 2.1, noise 0.05, seed 0. */
  public SwissRoll() {
    this(1.5, 2.1, 0.05, 0);
  }

  /** Checks the components. */
  public SwissRoll {
    Validation.begin()
        .positive("turns", turns)
        .positive("scale", scale)
        .notNegative("noise", noise)
        .end();
  }

  @Override
  public Examples open() {
    String fingerprint =
        new Fingerprint("swiss-roll").with(seed).with(turns).with(scale).with(noise).hex();
    return new PointExamples(2, List.of(), seed, this::draw, fingerprint);
  }

  private int draw(RandomGenerator random, double[] point) {
    double length = 2 * Math.PI * turns;
    double angle = INNER_ANGLE + length * random.nextDouble();
    double radius = scale * angle / (INNER_ANGLE + length);
    point[0] = radius * StrictMath.cos(angle) + noise * random.nextGaussian();
    point[1] = radius * StrictMath.sin(angle) + noise * random.nextGaussian();
    return 0;
  }
}
