package org.score4j.control;

import java.util.Optional;
import org.score4j.api.Condition;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;

/** Conditions on the class. */
final class Labels {

  private Labels() {}

  /** The condition of the samples, or that all are of one class. */
  static Condition of(ControlGraph graph, Optional<Integer> label) {
    return label.map(each -> all(graph, each)).orElseGet(graph::condition);
  }

  /** That all samples are of one class; -1 for any. */
  static Condition all(ControlGraph graph, int label) {
    int classes = graph.condition().classes();
    if (label >= classes) {
      throw new InvalidValueException(
          "label", label, "must be below the number of classes of the data, " + classes);
    }
    var tf = graph.tf();
    var batch = tf.constant(new long[] {graph.shape().get(0)});
    return Condition.labels(tf.fill(batch, tf.constant(label)), classes);
  }
}
