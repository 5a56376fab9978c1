package org.score4j.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.LossWeight;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.score4j.api.TimeDistribution;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Implicit score matching (Hyvarinen 2005, theorem 1), with the trace of the Jacobian computed
 * exactly:
 *
 * <pre>  lambda (tr(grad_x s(x)) + |s(x)|^2 / 2),    lambda = w sigma^2,</pre>
 *
 * <p>whose mean is that of {@code lambda |s - grad log p|^2 / 2} and a constant: it asks for no
 * noise. At the process's least noise, the default, it learns the score of the data themselves, and
 * fails where there are none; at other times that of the noised data.
 *
 * <p>The trace takes a gradient of the network for every dimension: for points only. The network
 * must have second derivatives.
 *
 * @param weight w(t)
 * @param times from which t is drawn
 */
@PluginName("implicit-score-matching")
public record ImplicitScoreMatching(LossWeight weight, TimeDistribution times) implements Loss {
  private static final int MOST_DIMENSIONS = 16;

  /** The score's own squared error, at the process's least noise. */
  public ImplicitScoreMatching() {
    this(new ScoreWeight(), new SingleLevel());
  }

  @Override
  public double[] drawTimes(Sde sde, int batch, RandomGenerator random) {
    return times.draw(sde, batch, random);
  }

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    var tf = graph.tf();
    var sde = graph.sde();
    long dimensions = graph.data().shape().tail().size();
    Validation.begin()
        .rule(
            dimensions <= MOST_DIMENSIONS,
            "type",
            "\"implicit-score-matching\"",
            "must be \"sliced-score-matching\" for data of more than "
                + MOST_DIMENSIONS
                + " dimensions; these have "
                + dimensions)
        .end();

    var x = NoisedData.draw(graph).x();
    var score = graph.field().score(x, graph.level());
    var half = InnerProduct.of(tf, score, score).times(0.5);
    var lambda =
        graph.coefficient(
            "lambda",
            l -> weight.of(sde, l) * l.sigma() * l.sigma() * times.correction(sde, l.t()));
    return lambda.times(Term.of(tf, trace(tf, score, x, (int) dimensions)).plus(half));
  }

  /** Of the Jacobian of the score of each example: shape [B]. */
  private static Operand<TFloat32> trace(
      Ops tf, Operand<TFloat32> score, Operand<TFloat32> x, int dimensions) {
    long[] shape = x.shape().asArray();
    shape[0] = 1;
    List<Operand<TFloat32>> diagonal = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      float[] axis = new float[dimensions];
      axis[i] = 1;
      var unit = tf.reshape(tf.constant(axis), tf.constant(shape));
      // A sum over the batch, whose terms each depend on their own example alone.
      var row = tf.gradients(List.of(tf.math.mul(score, unit)), List.of(x)).<TFloat32>dy(0);
      diagonal.add(InnerProduct.of(tf, row, unit));
    }
    return tf.math.addN(diagonal);
  }
}
