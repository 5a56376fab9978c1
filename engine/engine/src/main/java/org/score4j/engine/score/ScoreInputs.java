package org.score4j.engine.score;

import java.util.Optional;
import org.score4j.api.Condition;
import org.score4j.api.Precision;
import org.score4j.api.ScoreField;
import org.score4j.api.ScoreModel;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A model in a graph for a batch of any size.
 *
 * @param x noised data [B, ...]
 * @param t times [B]
 * @param labels classes [B], from -1; empty if the data have none
 * @param field the model's score
 */
public record ScoreInputs(
    Placeholder<TFloat32> x,
    Placeholder<TFloat32> t,
    Optional<Placeholder<TInt32>> labels,
    ScoreField field) {

  /** The path under which the model has its variables. */
  public static final String MODEL = "model";

  /**
   * Adds the model to a computation.
   *
   * @param example shape of one example
   * @param classes number of classes of the data; 0 if none
   */
  public static ScoreInputs of(
      Computation computation, ScoreModel model, Shape example, int classes, Precision precision) {
    var tf = computation.tf();
    Shape vector = Shape.of(-1);
    Optional<Placeholder<TInt32>> labels =
        classes == 0
            ? Optional.empty()
            : Optional.of(
                tf.withName("labels").placeholder(TInt32.class, Placeholder.shape(vector)));
    Condition condition = labels.map(l -> Condition.labels(l, classes)).orElseGet(Condition::none);
    var scope = ParameterScope.root(computation, new RandomKey(tf), MODEL, false, precision);
    return new ScoreInputs(
        tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(example.prepend(-1))),
        tf.withName("t").placeholder(TFloat32.class, Placeholder.shape(vector)),
        labels,
        model.prediction().field(tf, (x, level) -> model.apply(scope, x, level, condition)));
  }
}
