package org.score4j.engine.label;

import java.util.List;
import org.score4j.api.Validation;

/** Of which classes samples are drawn when the data are labelled. */
public sealed interface LabelChoice {

  /** Of all classes that have examples. */
  enum Shares implements LabelChoice {
    /** In the shares that the classes have in the data. */
    DATA,
    /** The same number of each, in turn. */
    UNIFORM
  }

  /**
   * Of given classes, in turn: sample n is of class n modulo their number.
   *
   * @param labels at least one
   */
  record Cycle(List<ClassLabel> labels) implements LabelChoice {
    /** Copies the list and checks it. */
    public Cycle {
      labels = List.copyOf(labels);
      Validation.begin()
          .notEmpty("labels", labels)
          .rule(
              labels.stream()
                  .allMatch(label -> !(label instanceof ClassLabel.Number n) || n.number() >= 0),
              "labels",
              labels,
              "must be 0 or above")
          .end();
    }

    @Override
    public String toString() {
      return labels.toString();
    }
  }
}
