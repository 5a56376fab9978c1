package org.score4j.data;

import java.util.List;
import java.util.random.RandomGenerator;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * Two interleaved half circles with noise, centred:
 *
 * <pre>
 *   x = scale (c(theta) - (1/2, 1/4)) + noise z,    theta ~ U[0, pi],  z ~ N(0, I),
 *   c(theta) = (cos theta, sin theta)               for class 0,
 *   c(theta) = (1 - cos theta, 1/2 - sin theta)     for class 1,
 * </pre>
 *
 * <p>each class with probability 1/2. Examples are float32 [2], without end. The mean is 0; the
 * variances are {@code 3/4 scale^2 + noise^2} and {@code (1/2 - 4/pi^2 + (2/pi - 1/4)^2) scale^2 +
 * noise^2}, which by default are 1.48 and 0.49.
 *
 * @param scale radius of the half circles, above 0; 1.4 by default
 * @param noise standard deviation of the noise, 0 or above; 0.1 by default
 * @param seed examples are a function of it and their number
 */
@PluginName("two-moons")
public record TwoMoons(double scale, double noise, long seed) implements Dataset {

  /** Scale 1.4, noise 0.1, seed 0. */
  public TwoMoons() {
    this(1.4, 0.1, 0);
  }

  /** Checks the components. */
  public TwoMoons {
    Validation.begin().positive("scale", scale).notNegative("noise", noise).end();
  }

  @Override
  public Examples open() {
    String fingerprint = new Fingerprint("two-moons").with(seed).with(scale).with(noise).hex();
    return new PointExamples(2, List.of(1.0, 1.0), seed, this::draw, fingerprint);
  }

  private int draw(RandomGenerator random, double[] point) {
    int moon = random.nextDouble() < 0.5 ? 0 : 1;
    double theta = Math.PI * random.nextDouble();
    double cos = StrictMath.cos(theta);
    double sin = StrictMath.sin(theta);
    point[0] = scale * ((moon == 0 ? cos : 1 - cos) - 0.5) + noise * random.nextGaussian();
    point[1] = scale * ((moon == 0 ? sin : 0.5 - sin) - 0.25) + noise * random.nextGaussian();
    return moon;
  }
}
