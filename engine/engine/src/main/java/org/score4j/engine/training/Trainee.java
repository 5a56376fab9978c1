package org.score4j.engine.training;

import java.util.Optional;
import org.score4j.api.ClassLogits;
import org.score4j.api.Classifier;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.ScoreField;
import org.score4j.api.ScoreModel;
import org.score4j.engine.graph.ParameterScope;
import org.tensorflow.op.Ops;

/**
 * What is trained: either of the two.
 *
 * @param model a model of the score
 * @param classifier a classifier of noised data
 */
record Trainee(Optional<ScoreModel> model, Optional<Classifier> classifier) {

  static Trainee of(ScoreModel model) {
    return new Trainee(Optional.of(model), Optional.empty());
  }

  static Trainee of(Classifier classifier) {
    return new Trainee(Optional.empty(), Optional.of(classifier));
  }

  /** The score with the parameters of a scope; empty for a classifier. */
  Optional<ScoreField> field(Ops tf, ParameterScope scope, Condition condition) {
    return model.map(
        m -> m.prediction().field(tf, (x, level) -> m.apply(scope, x, level, condition)));
  }

  /** The classifier with the parameters of a scope; empty for a model. */
  Optional<ClassLogits> logits(ParameterScope scope, int classes) {
    return classifier.map(c -> (x, level) -> c.logits(scope, x, level, classes));
  }

  /** What to throw of one that breaks a rule. */
  InvalidValueException invalid(String rule) {
    return model
        .map(m -> new InvalidValueException("model", m, rule))
        .orElseGet(() -> new InvalidValueException("classifier", classifier.orElseThrow(), rule));
  }
}
