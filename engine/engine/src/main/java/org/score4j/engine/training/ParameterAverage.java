package org.score4j.engine.training;

import org.score4j.engine.graph.Variable;

/**
 * A moving average of the parameters,
 *
 * <pre>  ema += (1 - d_n) (parameter - ema),    d_n = min(d, (1 + n) / (10 + n)),</pre>
 *
 * at update n, so that the random start is forgotten.
 *
 * @param decay d, in [0, 1)
 * @param prefix of its tensors: {@code ema/} and the parameter's path
 */
public record ParameterAverage(double decay, String prefix) {
  private static final String FIRST = "ema";

  /**
   * The average of a decay.
   *
   * @param first whether it is the first of its training
   */
  public static ParameterAverage of(double decay, boolean first) {
    return new ParameterAverage(decay, first ? FIRST : FIRST + "-" + decay);
  }

  /** The share 1 - d_n by which it moves at update n = 1, 2, ... */
  double gain(long step) {
    return 1 - Math.min(decay, (1.0 + step) / (10.0 + step));
  }

  /** The name of a variable's average. */
  String of(Variable variable) {
    return prefix + "/" + variable.path();
  }
}
