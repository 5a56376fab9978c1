package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.engine.size.ModelSize;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Multiplications and parameters against what the architecture says. */
class ModelSizeTest {

  @Test
  void perceptronHasItsMatrices() {
    var model = new Mlp(8, 2, Activation.SWISH, 4, 1, 0, Prediction.NOISE, false);
    long embedding = 4 * 8 + 8 * 8;
    long layers = 2 * 8 + 8 * 8 + 2 * 8 * 8;
    long output = 8 * 2;
    long biases = 2 * 8 + 2 * 2 * 8 + 2;
    ModelSize size = ModelSize.of(model, Shape.of(2));
    assertEquals(embedding + layers + output, size.multiplications());
    assertEquals(embedding + layers + output + biases, size.parameters());
  }

  @Test
  void unetHasConvolutionsAtEveryPixelAndAttention() {
    var preset = DdpmUnetPreset.CIFAR10_CONTINUOUS.get();
    var model =
        new DdpmUnet(
            8,
            List.of(1),
            1,
            List.of(),
            false,
            0,
            Activation.SWISH,
            4,
            true,
            preset.label(),
            0.01,
            50,
            1000,
            false,
            true,
            0,
            Prediction.NOISE);
    long pixels = 4 * 4;
    long embedding = 8 * 32 + 32 * 32;
    long block = pixels * 2 * 9 * 8 * 8 + 32 * 8;
    long wideBlock = pixels * (9 * 16 * 8 + 9 * 8 * 8 + 16 * 8) + 32 * 8;
    long attention = pixels * 4 * 8 * 8 + 2 * pixels * pixels * 8;
    long ends = pixels * 2 * 9 * 3 * 8;
    assertEquals(
        embedding + 3 * block + 2 * wideBlock + attention + ends,
        ModelSize.of(model, Shape.of(4, 4, 3)).multiplications());
  }

  @Test
  void doublingCountsWhatIsLeftOfItsConvolution() {
    // 4 x 4 pixels each reach 4 x 4 of the 8 x 8 that they become.
    assertEquals(
        4 * 4 * 16 * 3 * 3, ModelSize.of(new Doubling(), Shape.of(4, 4, 3)).multiplications());
  }

  /** Doubles and halves again. */
  private record Doubling() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var doubled = new NearestDoublingConvolution(3, Initializer.zeros()).apply(scope, x);
      return scope
          .tf()
          .nn
          .avgPool(doubled, List.of(1L, 2L, 2L, 1L), List.of(1L, 2L, 2L, 1L), "VALID");
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }
}
