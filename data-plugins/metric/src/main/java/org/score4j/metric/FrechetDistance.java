package org.score4j.metric;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Frechet inception distance (Heusel et al. 2017, arXiv:1706.08500): that of the normal
 * distributions with the means and covariances of features of generated and of real images,
 *
 * <pre>
 *   FID = |m - m'|^2 + tr(S + S' - 2 (S S')^(1/2)).
 * </pre>
 *
 * <p>Its expectation falls with the number of images, about as 1 / N: compare only distances of as
 * many, and hold them against that of real images. It is that of the papers only if the extractor
 * is Inception.
 *
 * <p>One measurement, {@code fid}, of all images. Memory does not grow with their number: {@code
 * groups + 1} matrices [d, d] of doubles for d features. The interval is that of the choice of
 * samples, the data held fixed. Cost: d^2 multiplications an image, and the eigenvalues of {@code
 * resamples + 2} matrices [d, d].
 *
 * @param extractor what tells the features
 * @param groups of samples, for the interval, at least 2; 10 by default
 * @param resamples of the bootstrap, 2 or more, or 0 for no interval; 100 by default
 */
@PluginName("fid")
public record FrechetDistance(FeatureExtractor extractor, int groups, int resamples)
    implements Metric {

  /** By the bundled classifier. */
  public FrechetDistance() {
    this(new FashionMnistClassifier(), 10, 100);
  }

  /** Checks the components. */
  public FrechetDistance {
    Validation.begin()
        .count("groups", groups, 2)
        .count("resamples", resamples, 0)
        .rule(resamples != 1, "resamples", resamples, "must be 0, or 2 or more")
        .end();
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
    int dimension = Math.toIntExact(example.size());
    HeapRoom.check("groups", groups, 8.0 * dimension * dimension, dimension);
    return new Running(
        new GroupBootstrap(groups, resamples),
        GroupBootstrap.dealer(),
        Stream.generate(() -> new Moments(dimension)).limit(groups).toList(),
        new Moments(dimension));
  }

  private record Running(
      GroupBootstrap bootstrap, Random dealer, List<Moments> generated, Moments real)
      implements Measuring {

    @Override
    public void generated(float[] values, int count) {
      for (int i = 0; i < count; i++) {
        generated.get(dealer.nextInt(generated.size())).add(values, i);
      }
    }

    @Override
    public void real(float[] values, int count) {
      for (int i = 0; i < count; i++) {
        real.add(values, i);
      }
    }

    @Override
    public List<Measurement> result() {
      Moments all = together(generated.stream().mapToInt(group -> 1).toArray());
      int d = real.dimension();
      double[] mean = real.mean();
      double[] covariance = real.covariance();
      double[] root = Algebra.root(covariance, d);
      double fid = distance(all, mean, covariance, root);
      var interval =
          bootstrap.resamples() == 0 || all.count() < 2L * bootstrap.groups()
              ? Optional.<Interval>empty()
              : bootstrap
                  .interval(
                      fid,
                      times -> count(times) >= 2,
                      times -> distance(together(times), mean, covariance, root))
                  .map(found -> found.within(0, Double.POSITIVE_INFINITY));
      return List.of(new Measurement("fid", fid, interval));
    }

    private long count(int[] times) {
      long count = 0;
      for (int g = 0; g < times.length; g++) {
        count += times[g] * generated.get(g).count();
      }
      return count;
    }

    private Moments together(int[] times) {
      var sum = new Moments(real.dimension());
      for (int g = 0; g < times.length; g++) {
        sum.add(generated.get(g), times[g]);
      }
      return sum;
    }

    private static double distance(
        Moments samples, double[] mean, double[] covariance, double[] root) {
      int d = mean.length;
      double[] own = samples.covariance();
      double[] ownMean = samples.mean();
      double distance = -2 * Algebra.traceOfRoot(root, own, d);
      for (int k = 0; k < d; k++) {
        double between = mean[k] - ownMean[k];
        distance += between * between + covariance[k * d + k] + own[k * d + k];
      }
      // Of equal distributions rounding may leave less than 0.
      return Math.max(0, distance);
    }
  }
}
