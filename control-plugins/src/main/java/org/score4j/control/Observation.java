package org.score4j.control;

import org.score4j.api.ControlGraph;
import org.score4j.api.LevelTensors;
import org.score4j.api.LinearOperator;
import org.score4j.api.ScoreField;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What y = A x_0 tells of x_0: with the projection P = A^+ A on what A does not lose,
 *
 * <pre>  P x_0 = A^+ y.</pre>
 */
record Observation(LinearOperator operator, Images images) {

  /** A^+ y of each sample, [B, ...]. */
  Term known(ControlGraph graph) {
    return Term.of(graph.tf(), images.known(graph, operator));
  }

  /** P x. */
  Operand<TFloat32> projected(ControlGraph graph, Operand<TFloat32> x) {
    var tf = graph.tf();
    LinearOperator each = operator.of(graph, graph.numbers());
    return each.pseudoInverse(tf, each.apply(tf, x), x);
  }

  /**
   * The score whose denoised data agree with y, {@code D + A^+ y - P D}: known coordinates have
   * their exact score {@code (alpha A^+ y - x) / sigma^2}, the others that of the model.
   */
  ScoreField replaced(ControlGraph graph) {
    var tf = graph.tf();
    var field = graph.field();
    var known = known(graph);
    return new ShiftedField(
        tf,
        field,
        (x, level) -> {
          var missing = known.minus(projected(graph, field.denoised(x, level)));
          var sigma = Term.of(tf, level.sigma());
          var factor = Term.of(tf, level.alpha()).over(sigma.squared());
          return factor.along(x).times(missing);
        });
  }

  /** The state with its known part drawn anew: {@code x - P x + alpha A^+ y + sigma P z}. */
  Operand<TFloat32> renewed(ControlGraph graph, Operand<TFloat32> x, LevelTensors level) {
    var tf = graph.tf();
    var clean = LevelTensors.align(tf, level.alpha(), x).times(known(graph));
    var noise = LevelTensors.align(tf, level.sigma(), x).times(graph.noise());
    return clean.plus(Term.of(tf, x).plus(projected(graph, noise.minus(x))));
  }

  /** Samples that agree with y: {@code x - P x + A^+ y}. */
  Operand<TFloat32> imposed(ControlGraph graph, Operand<TFloat32> x) {
    var tf = graph.tf();
    return known(graph).plus(Term.of(tf, x).minus(projected(graph, x)));
  }
}
