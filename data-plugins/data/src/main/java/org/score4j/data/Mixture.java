package org.score4j.data;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.MixtureComponent;
import org.score4j.api.MixtureDensity;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * A mixture of Gaussians with diagonal covariances, in any dimension D:
 *
 * <pre>
 *   p(x) = sum_k w_k N(x; mean_k, diag(standardDeviation_k^2)) / sum_k w_k.
 * </pre>
 *
 * <p>Examples are float32 [D], without end; the class of one is the number k of the component it
 * was drawn from. The default is eight equal Gaussians in the plane, of standard deviation 0.1, on
 * a circle of radius 1.4: mean 0, variance 0.99 in each direction.
 *
 * @param components the terms, at least one, all of one dimension
 * @param seed examples are a function of it and their number
 */
@PluginName("mixture")
public record Mixture(List<MixtureComponent> components, long seed)
    implements Dataset, MixtureDensity {

  /** Eight Gaussians on a circle, seed 0. */
  public Mixture() {
    this(IntStream.range(0, 8).mapToObj(Mixture::onCircle).toList(), 0);
  }

  /** Checks the components. */
  public Mixture {
    components = List.copyOf(components);
    Validation.begin()
        .notEmpty("components", components)
        .rule(
            components.stream().map(c -> c.mean().size()).distinct().count() <= 1,
            "components",
            "means of " + components.stream().map(c -> c.mean().size()).toList() + " numbers",
            "must all have the same dimension")
        .rule(
            Double.isFinite(totalWeight(components)),
            "components",
            "an infinite sum of weights",
            "must have weights with a finite sum")
        .end();
  }

  @Override
  public Examples open() {
    Fingerprint fingerprint = new Fingerprint("mixture").with(seed).with(dimension());
    for (MixtureComponent component : components) {
      fingerprint.with(component.weight());
      component.mean().forEach(fingerprint::with);
      component.standardDeviation().forEach(fingerprint::with);
    }
    List<Double> weights = components.stream().map(MixtureComponent::weight).toList();
    return new PointExamples(dimension(), weights, seed, this::draw, fingerprint.hex());
  }

  private int draw(RandomGenerator random, double[] point) {
    int k = 0;
    double rest = random.nextDouble() * totalWeight(components);
    while (k < components.size() - 1 && rest >= components.get(k).weight()) {
      rest -= components.get(k).weight();
      k++;
    }
    MixtureComponent component = components.get(k);
    for (int i = 0; i < point.length; i++) {
      point[i] =
          component.mean().get(i) + component.standardDeviation().get(i) * random.nextGaussian();
    }
    return k;
  }

  private int dimension() {
    return components.get(0).mean().size();
  }

  private static double totalWeight(List<MixtureComponent> components) {
    return components.stream().mapToDouble(MixtureComponent::weight).sum();
  }

  private static MixtureComponent onCircle(int k) {
    double angle = k * Math.PI / 4;
    return new MixtureComponent(
        1,
        List.of(rounded(1.4 * StrictMath.cos(angle)), rounded(1.4 * StrictMath.sin(angle))),
        List.of(0.1, 0.1));
  }

  /** To six digits, so that the default reads well where it is written out. */
  private static double rounded(double x) {
    return Math.rint(x * 1e6) / 1e6 + 0.0;
  }
}
