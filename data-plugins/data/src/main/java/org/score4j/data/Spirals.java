package org.score4j.data;

import java.util.Collections;
import java.util.random.RandomGenerator;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * Interleaved spirals from a common centre, with noise:
 *
 * <pre>
 *   x = scale r (cos theta, sin theta) + noise z,    r^2 ~ U[0, 1],  z ~ N(0, I),
 *   theta = 2 pi (turns r + k / arms)                for class k,
 * </pre>
 *
 * <p>each class with probability {@code 1 / arms}. Examples are float32 [2], without end. The mean
 * is 0, and the variance, averaged over the two directions, {@code scale^2 / 4 + noise^2}: 1.0025
 * by default.
 *
 * @param arms number of spirals, at least 2; 2 by default
 * @param turns how often each winds, above 0; 1.5 by default
 * @param scale radius at the outer ends, above 0; 2 by default
 * @param noise standard deviation of the noise, 0 or above; 0.05 by default
 * @param seed examples are a function of it and their number
 */
@PluginName("spirals")
public record Spirals(int arms, double turns, double scale, double noise, long seed)
    implements Dataset {

  /** 2 arms, 1.5 turns, scale 2, noise 0.05, seed 0. */
  public Spirals() {
    this(2, 1.5, 2, 0.05, 0);
  }

  /** Checks the components. */
  public Spirals {
    Validation.begin()
        .count("arms", arms, 2)
        .positive("turns", turns)
        .positive("scale", scale)
        .notNegative("noise", noise)
        .end();
  }

  @Override
  public Examples open() {
    String fingerprint =
        new Fingerprint("spirals").with(seed).with(arms).with(turns).with(scale).with(noise).hex();
    return new PointExamples(2, Collections.nCopies(arms, 1.0), seed, this::draw, fingerprint);
  }

  private int draw(RandomGenerator random, double[] point) {
    int arm = (int) (arms * random.nextDouble());
    double radius = Math.sqrt(random.nextDouble());
    double angle = 2 * Math.PI * (turns * radius + (double) arm / arms);
    point[0] = scale * radius * StrictMath.cos(angle) + noise * random.nextGaussian();
    point[1] = scale * radius * StrictMath.sin(angle) + noise * random.nextGaussian();
    return arm;
  }
}
