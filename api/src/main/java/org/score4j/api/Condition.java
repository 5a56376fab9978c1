package org.score4j.api;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/**
 * What a model is told besides the noisy data.
 *
 * @param labels class of each example, shape [B], from 0 to classes - 1, or -1 for "any class";
 *     empty when the data have no classes or the model is not to know them
 */
public record Condition(Optional<Operand<TInt32>> labels) {

  /** Nothing is known. */
  public static Condition none() {
    return new Condition(Optional.empty());
  }

  /** The class of each example is known. */
  public static Condition labels(Operand<TInt32> labels) {
    return new Condition(Optional.of(labels));
  }
}
