package org.score4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019, arXiv:1904.06991): a set of images
 * covers the balls around the features of each, which reach to its k-th nearest neighbour in the
 * set.
 *
 * <pre>
 *   precision:  share of samples that the data cover
 *   recall:     share of the data that the samples cover
 * </pre>
 *
 * <p>Both depend on the number of images and want as many of either kind. Two measurements, {@code
 * precision} and {@code recall}; the intervals are Wilson's of a share, with what covers held
 * fixed.
 *
 * @param extractor what tells the features
 * @param neighbours k, 1 or more; 3 by default, as in the paper
 * @param limit images of each kind to use at most; 10,000 by default
 */
@PluginName("precision-recall")
public record PrecisionRecall(FeatureExtractor extractor, int neighbours, int limit)
    implements Metric {

  /** By the bundled classifier, with the third neighbour, of up to 10,000 images of each kind. */
  public PrecisionRecall() {
    this(new FashionMnistClassifier(), 3, 10_000);
  }

  /** Checks the components. */
  public PrecisionRecall {
    Validation.begin()
        .count("neighbours", neighbours, 1)
        .rule(limit > neighbours, "limit", limit, "must exceed neighbours, " + neighbours)
        .end();
  }

  @Override
  public Optional<Features> features() {
    return Optional.of(new Features(extractor, Output.FEATURES));
  }

  @Override
  public int leastExamples() {
    return neighbours + 1;
  }

  @Override
  public Measuring start(Shape example) {
    return new KeptExamples(
        example,
        limit,
        (generated, real) ->
            List.of(share("precision", generated, real), share("recall", real, generated)));
  }

  private Measurement share(String name, Points of, Points covering) {
    double[] radii = new double[covering.count()];
    overRows(
        covering,
        covering,
        (i, squares) -> {
          squares[i] = Double.POSITIVE_INFINITY;
          radii[i] = smallest(squares, neighbours);
        });
    int[] covered = {0};
    overRows(
        of,
        covering,
        (i, squares) -> {
          boolean any = false;
          for (int j = 0; j < squares.length && !any; j++) {
            any = squares[j] <= radii[j];
          }
          covered[0] += any ? 1 : 0;
        });
    return new Measurement(
        name,
        (double) covered[0] / of.count(),
        Optional.of(Interval.share(covered[0], of.count())));
  }

  /** Every point with its squared distances from others. */
  private static void overRows(Points x, Points y, Points.Row each) {
    double[] ofX = x.squares();
    double[] ofY = y.squares();
    x.products(
        y,
        (i, products) -> {
          for (int j = 0; j < products.length; j++) {
            products[j] = Math.max(ofX[i] + ofY[j] - 2 * products[j], 0);
          }
          each.take(i, products);
        });
  }

  /** The k-th smallest of some numbers. */
  private static double smallest(double[] of, int k) {
    double[] least = new double[k];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (double value : of) {
      int at = k - 1;
      if (value < least[at]) {
        for (; at > 0 && least[at - 1] > value; at--) {
          least[at] = least[at - 1];
        }
        least[at] = value;
      }
    }
    return least[k - 1];
  }
}
