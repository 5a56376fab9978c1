package org.score4j.report;

import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Score -x. */
public record Centre() implements ScoreModel {
  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    return scope.tf().math.neg(x);
  }

  @Override
  public Prediction prediction() {
    return Prediction.SCORE;
  }
}
