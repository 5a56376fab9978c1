package org.score4j.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.score4j.api.ClassGuidance;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.PluginName;
import org.score4j.api.ScoreField;
import org.score4j.api.Term;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Draws examples of a class with a model that was trained with and without being told it (Ho and
 * Salimans 2021), s_c being its score for the class and s_u that for any class:
 *
 * <pre>  score' = s_u + w (s_c - s_u).</pre>
 *
 * <p>At w = 1 that is the model's score for the class, at 0 the one for any class; above 1 samples
 * are the more typical of the class and the less varied. Both scores come from one evaluation of a
 * doubled batch, which is counted as two. Guidance may be limited to levels with {@code from <
 * sigma / alpha <= to} (Kynkäänniemi et al. 2024, eq. 6); at others w is 1.
 *
 * @param weight w, 0 or above
 * @param from sigma / alpha above which there is guidance, 0 or above
 * @param to sigma / alpha up to which there is guidance; above from, possibly infinite
 * @param label the class of all samples, from 0; if empty, the class that each sample is drawn as,
 *     which {@code sampling.labels} decides
 */
@PluginName("classifier-free-guidance")
public record ClassifierFreeGuidance(double weight, double from, double to, Optional<Integer> label)
    implements ClassGuidance {

  /** Twice the difference, at every level. */
  public ClassifierFreeGuidance() {
    this(2, 0, Double.POSITIVE_INFINITY, Optional.empty());
  }

  /** Checks the numbers. */
  public ClassifierFreeGuidance {
    Validation.begin()
        .notNegative("weight", weight)
        .notNegative("from", from)
        .rule(to > from, "to", to, "must exceed from (" + from + ")")
        .rule(label.orElse(0) >= 0, "label", label.orElse(0), "must be 0 or above")
        .end();
  }

  /** Whether the score for any class is all that is left. */
  private boolean unguided() {
    return weight == 0 && everywhere();
  }

  private boolean everywhere() {
    return from == 0 && to == Double.POSITIVE_INFINITY;
  }

  @Override
  public Optional<Integer> target() {
    return unguided() ? Optional.of(-1) : label;
  }

  @Override
  public List<String> check(boolean conditional, OptionalDouble labelDropout) {
    Validation.begin()
        .rule(
            conditional || unguided(),
            "weight",
            weight,
            "needs a model that takes classes, and this one takes none; train one with \"classes\""
                + " of the model set to the number of classes of the data and"
                + " training.labelDropout of about 0.1")
        .rule(
            !conditional || weight == 1 || labelDropout.orElse(1) > 0,
            "weight",
            weight,
            "must be 1 for a model trained with training.labelDropout 0, which never learned the"
                + " score for any class; train with labelDropout of about 0.1 to guide it (if these"
                + " weights were imported, set training.labelDropout to what they were trained"
                + " with)")
        .end();
    return !conditional || weight == 1 || labelDropout.isPresent()
        ? List.of()
        : List.of(
            "classifier-free-guidance: whether the model was trained with label dropout is"
                + " unknown; without it, its score for any class is arbitrary");
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    if (graph.condition().classes() == 0) {
      throw new InvalidValueException(
          "weight", weight, "needs labelled data, and these have no classes");
    }
    var tf = graph.tf();
    var told = Labels.of(graph, label);
    if (weight == 1) {
      return graph.fields(List.of(told)).get(0);
    }
    var any = Labels.all(graph, -1);
    if (unguided()) {
      return graph.fields(List.of(any)).get(0);
    }
    var fields = graph.fields(List.of(told, any));
    return new ShiftedField(
        tf,
        fields.get(0),
        (x, level) -> {
          var ofClass = Term.of(tf, fields.get(0).score(x, level));
          var difference = ofClass.minus(fields.get(1).score(x, level));
          var excess = everywhere() ? constant(tf, level) : within(tf, level);
          return LevelTensors.align(tf, excess, x).times(difference);
        });
  }

  /** {@code w - 1}. */
  private Operand<TFloat32> constant(Ops tf, LevelTensors level) {
    return tf.fill(tf.shape(level.t()), tf.constant((float) (weight - 1)));
  }

  /** {@code w - 1} where there is guidance, 0 elsewhere. */
  private Operand<TFloat32> within(Ops tf, LevelTensors level) {
    var ratio = Term.of(tf, level.sigma()).over(level.alpha());
    var inside =
        tf.math.logicalAnd(
            tf.math.greater(ratio, tf.constant((float) from)),
            tf.math.lessEqual(ratio, tf.constant((float) to)));
    return tf.select(inside, tf.constant((float) (weight - 1)), tf.constant(0f));
  }
}
