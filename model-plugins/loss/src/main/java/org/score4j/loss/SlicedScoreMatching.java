package org.score4j.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.LossWeight;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Sliced score matching (Song et al. 2019, eq. 7 and 8): implicit score matching along random
 * directions v, at the cost of one more gradient for each,
 *
 * <pre>
 *   lambda (v^T grad_x(v^T s(x)) + (v^T s(x))^2 / 2),    lambda = w sigma^2,
 *   reduced variance: |s(x)|^2 / 2 for (v^T s(x))^2 / 2, its mean over v,
 * </pre>
 *
 * <p>averaged over the directions. For a single direction and data of D dimensions the trace alone
 * has the variance of Hutchinson's estimate. The network must have second derivatives.
 *
 * @param projections number of directions for each example, 1 or more
 * @param projection their distribution, {@code rademacher} or {@code gaussian}
 * @param reducedVariance whether the square is replaced by its mean
 * @param weight w(t)
 * @param times from which t is drawn
 */
@PluginName("sliced-score-matching")
public record SlicedScoreMatching(
    int projections,
    Projection projection,
    boolean reducedVariance,
    LossWeight weight,
    TimeDistribution times)
    implements Loss {
  /** Each is a part of the graph. */
  private static final int MOST_PROJECTIONS = 1000;

  /** Checks the components. */
  public SlicedScoreMatching {
    Validation.begin().within("projections", projections, 1, MOST_PROJECTIONS).end();
  }

  /** One Rademacher direction, reduced variance, at the process's least noise. */
  public SlicedScoreMatching() {
    this(1, Projection.RADEMACHER, true, new ScoreWeight(), new SingleLevel());
  }

  @Override
  public double[] drawTimes(Sde sde, int batch, RandomGenerator random) {
    return times.draw(sde, batch, random);
  }

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    var tf = graph.tf();
    var sde = graph.sde();
    var x = NoisedData.draw(graph).x();
    var score = graph.field().score(x, graph.level());
    List<Operand<TFloat32>> slices = new ArrayList<>();
    for (int i = 0; i < projections; i++) {
      var v = projection.of(tf, graph.noise());
      var projected = InnerProduct.of(tf, v, score);
      var slope = tf.gradients(List.of(projected), List.of(x)).<TFloat32>dy(0);
      var square = reducedVariance ? InnerProduct.of(tf, score, score) : projected.squared();
      slices.add(InnerProduct.of(tf, v, slope).plus(square.times(0.5)));
    }
    var lambda =
        graph.coefficient(
            "lambda",
            l ->
                weight.of(sde, l)
                    * l.sigma()
                    * l.sigma()
                    * times.correction(sde, l.t())
                    / projections);
    return lambda.times(tf.math.addN(slices));
  }
}
