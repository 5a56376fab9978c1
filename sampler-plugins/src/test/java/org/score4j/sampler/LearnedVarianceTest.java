package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.model.GaussianMixture;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A model that says "at the posterior" or "at the transition" is sampled as if told so. */
class LearnedVarianceTest {

  /** The exact score, and the same place for the variance everywhere. */
  private record Placed(double place) implements ScoreModel {

    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      var score = new GaussianMixture().apply(scope, x, level, condition);
      var variance =
          tf.math.add(tf.math.mul(x, tf.constant(0f)), tf.constant((float) (2 * place - 1)));
      return tf.concat(List.of(score, variance), tf.constant(1));
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }
  }

  private static Sampler sampler(String name, Variance variance) {
    return name.equals("ddpm")
        ? new Ddpm(10, variance, new UniformGrid(), true)
        : new PredictorCorrector(
            10, new AncestralPredictor(variance), new NoCorrector(), new UniformGrid());
  }

  private static float[] draw(ScoreModel model, Sampler sampler) {
    try (var program =
        new SamplingProgram(
            new VariancePreserving(), model, sampler, Shape.of(2), 50, 0, Precision.FLOAT32)) {
      return program.draw(1, 0, n -> 0, Progress.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ddpm, 0, POSTERIOR",
    "ddpm, 1, TRANSITION",
    "ancestral, 0, POSTERIOR",
    "ancestral, 1, TRANSITION"
  })
  void theExtremesOfALearnedVarianceAreTheTwoKnownOnes(
      String name, double place, Variance variance) {
    float[] expected = draw(new GaussianMixture(), sampler(name, variance));
    float[] found = draw(new Placed(place), sampler(name, Variance.LEARNED));
    assertArrayEquals(expected, found, 1e-3f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ddpm", "ancestral"})
  void aModelThatHasNotLearnedItIsRefused(String name) {
    var thrown =
        assertThrows(
            InvalidValueException.class,
            () -> draw(new GaussianMixture(), sampler(name, Variance.LEARNED)));
    assertEquals(
        "variance: must be posterior or transition for a model that has not learned it, found"
            + " learned",
        thrown.getMessage());
  }
}
