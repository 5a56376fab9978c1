package org.score4j.api;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/**
 * What a model is told besides the noisy data.
 *
 * @param labels class of each example, shape [B], from 0 to {@code classes} - 1, or -1 for "any
 *     class"; empty when the data have no classes
 * @param classes how many classes the data have; 0 when labels are empty
 */
public record Condition(Optional<Operand<TInt32>> labels, int classes) {

  /** Checks that there are classes if there are labels, and only then. */
  public Condition {
    Validation.begin()
        .rule(
            labels.isPresent() == classes > 0 && classes >= 0,
            "classes",
            classes,
            labels.isPresent()
                ? "must be at least 1 for labelled data"
                : "must be 0 without labels")
        .end();
  }

  /** Nothing is known. */
  public static Condition none() {
    return new Condition(Optional.empty(), 0);
  }

  /** The class of each example is known, one of {@code classes}. */
  public static Condition labels(Operand<TInt32> labels, int classes) {
    return new Condition(Optional.of(labels), classes);
  }
}
