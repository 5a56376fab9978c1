package org.score4j.control;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.score4j.api.ClassGuidance;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.ScoreField;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Draws examples of a class with a classifier of noised data (Song et al. 2021, appendix I.1;
 * Dhariwal and Nichol 2021, section 4):
 *
 * <pre>  score' = score + w grad_x log p(class | x, t).</pre>
 *
 * <p>With a model that is told nothing of classes, samples at w = 1 are of p(x_0 | class); above,
 * they are the more typical of the class and the less varied.
 *
 * @param run folder of the run that trained the classifier
 * @param weight w, 0 or above
 * @param label the class of all samples, from 0; if empty, the class that each sample is drawn as,
 *     which {@code sampling.labels} decides
 */
@PluginName("classifier-guidance")
public record ClassifierGuidance(@Required Path run, double weight, Optional<Integer> label)
    implements ClassGuidance {

  /** The class itself, neither more nor less. */
  public ClassifierGuidance() {
    this(Path.of("runs", "classifier"), 1, Optional.empty());
  }

  /** Checks the numbers. */
  public ClassifierGuidance {
    Validation.begin()
        .notNegative("weight", weight)
        .rule(label.orElse(0) >= 0, "label", label.orElse(0), "must be 0 or above")
        .end();
  }

  @Override
  public Optional<Integer> target() {
    return label;
  }

  @Override
  public List<String> check(boolean conditional, OptionalDouble labelDropout) {
    return List.of();
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    var tf = graph.tf();
    var logits = graph.classifier(run);
    var labels =
        Labels.of(graph, label)
            .labels()
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "run", run, "must be used with data that have classes"));
    return new ShiftedField(
        tf,
        graph.field(),
        (x, level) -> {
          var logs = tf.nn.logSoftmax(logits.apply(x, level));
          var chosen =
              tf.oneHot(
                  labels, tf.constant((int) logs.shape().get(1)), tf.constant(1f), tf.constant(0f));
          var sum = tf.reduceSum(tf.math.mul(logs, chosen), tf.constant(new int[] {0, 1}));
          Operand<TFloat32> gradient = tf.gradients(sum, List.of(x)).dy(0);
          return tf.math.mul(gradient, tf.constant((float) weight));
        });
  }
}
