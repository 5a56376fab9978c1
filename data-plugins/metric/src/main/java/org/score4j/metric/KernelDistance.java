package org.score4j.metric;

import java.util.Optional;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Kernel inception distance (Binkowski et al. 2018, arXiv:1801.01401): the squared maximum mean
 * discrepancy of features of generated and of real images with the kernel
 *
 * <pre>
 *   k(x, y) = (x . y / d + 1)^3,   d features.
 * </pre>
 *
 * <p>One measurement, {@code kid}, without bias: its expectation does not depend on the number of
 * images and is 0 for equal distributions, so that a single result may be below 0. It is over all
 * pairs, rather than averaged over subsets. The interval is that of the choice of samples, the data
 * held fixed.
 *
 * @param extractor what tells the features
 * @param limit images of each kind to use at most, at least 2; 10,000 by default
 */
@PluginName("kid")
public record KernelDistance(FeatureExtractor extractor, int limit) implements Metric {

  /** By the bundled classifier, of up to 10,000 images of each kind. */
  public KernelDistance() {
    this(new FashionMnistClassifier(), 10_000);
  }

  /** Checks the components. */
  public KernelDistance {
    Validation.begin().atLeast("limit", limit, 2).end();
  }

  @Override
  public Optional<Features> features() {
    return Optional.of(new Features(extractor, Output.FEATURES));
  }

  @Override
  public int leastExamples() {
    return 2;
  }

  @Override
  public Measuring start(Shape example) {
    double d = example.size();
    return new KeptExamples(
        example,
        limit,
        (x, y) -> PairSums.of((product, xx, yy) -> cube(product / d + 1), x, y).measurement("kid"));
  }

  private static double cube(double x) {
    return x * x * x;
  }
}
