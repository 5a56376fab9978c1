package org.score4j.metric;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Inception score (Salimans et al. 2016, arXiv:1606.03498) of a classifier's p(class | image),
 *
 * <pre>
 *   IS = exp(E_x KL(p(. | x) || p(.))),   p(.) = E_x p(. | x),
 * </pre>
 *
 * <p>from 1, the worst, to the number of classes. As in the paper the samples are divided, in their
 * order, into equal parts: {@code inception-score} is the mean of the parts' scores, {@code
 * inception-score-deviation} their standard deviation, and the interval that of the mean, by
 * Student's t; none if the parts' scores are equal. Real images are not looked at. A part takes two
 * samples, as that of one alone is always 1.
 *
 * @param extractor what tells the classes
 * @param splits number of parts, 1 or more; 10 by default
 * @param limit samples to use at most; 50,000 by default
 */
@PluginName("inception-score")
public record InceptionScore(FeatureExtractor extractor, int splits, int limit) implements Metric {

  /** By the bundled classifier, of ten parts. */
  public InceptionScore() {
    this(new FashionMnistClassifier(), 10, 50_000);
  }

  /** Checks the components. */
  public InceptionScore {
    Validation.begin()
        .count("splits", splits, 1)
        .rule(limit >= splits, "limit", limit, "must be at least splits, " + splits)
        .end();
  }

  @Override
  public Optional<Features> features() {
    return Optional.of(new Features(extractor, Output.LOGITS));
  }

  @Override
  public int leastExamples() {
    return 2 * splits;
  }

  /** The data are not looked at. */
  @Override
  public int leastReal() {
    return 0;
  }

  @Override
  public Measuring start(Shape example) {
    return new Running(splits, KeptExamples.room(example, limit));
  }

  private record Running(int splits, Points logits) implements Measuring {

    @Override
    public void generated(float[] values, int count) {
      logits.add(values, count);
    }

    @Override
    public void real(float[] values, int count) {}

    @Override
    public List<Measurement> result() {
      long n = logits.count();
      double[] scores =
          IntStream.range(0, splits)
              .mapToDouble(k -> score((int) (k * n / splits), (int) ((k + 1) * n / splits)))
              .toArray();
      double mean = IntStream.range(0, splits).mapToDouble(k -> scores[k]).average().orElseThrow();
      double squares = 0;
      for (double score : scores) {
        squares += (score - mean) * (score - mean);
      }
      var interval =
          Interval.student(mean, Math.sqrt(squares / (splits - 1) / splits), splits - 1)
              .map(found -> found.within(1, logits.dimension()));
      return List.of(
          new Measurement("inception-score", mean, interval),
          new Measurement("inception-score-deviation", Math.sqrt(squares / splits)));
    }

    /** Of samples {@code from} to {@code to}: E KL is the entropy of p(.) less that of p(. | x). */
    private double score(int from, int to) {
      int classes = logits.dimension();
      double[] rows = logits.rows(from, to);
      double[] marginal = new double[classes];
      double divergence = 0;
      for (int i = 0; i < to - from; i++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
          largest = Math.max(largest, rows[i * classes + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(rows[i * classes + c] - largest);
        }
        for (int c = 0; c < classes; c++) {
          double log = rows[i * classes + c] - largest - Math.log(sum);
          marginal[c] += Math.exp(log) / (to - from);
          divergence += Math.exp(log) * log / (to - from);
        }
      }
      for (double p : marginal) {
        divergence -= p > 0 ? p * Math.log(p) : 0;
      }
      return Math.exp(Math.max(0, divergence));
    }
  }
}
