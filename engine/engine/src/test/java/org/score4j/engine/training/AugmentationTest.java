package org.score4j.engine.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.engine.graph.GraphScope;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class AugmentationTest {

  /** What becomes of constant examples at a step. */
  private interface Mapping {
    Operand<TFloat32> apply(Ops tf, RandomKey key, Operand<TFloat32> examples);
  }

  private static float[] map(Mapping mapping, Shape shape, float[] values, long seed, long step) {
    try (var graph = new Graph();
        var session = new Session(graph);
        var constant = TFloat32.tensorOf(shape, DataBuffers.of(FloatBuffer.wrap(values)))) {
      Ops tf = GraphScope.ops(graph);
      var key = new RandomKey(tf);
      var mapped = mapping.apply(tf, key, tf.constantOf(constant));
      var runner = session.runner();
      var fed = key.feed(runner, seed, step);
      try (Result result = runner.fetch(mapped).run()) {
        float[] out = new float[values.length];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(out);
        return out;
      } finally {
        fed.close();
      }
    }
  }

  /** Which of 64 images [2, 3, 2] are flipped; each must be its mirror image or itself. */
  private static List<Boolean> flips(long seed, long step) {
    int batch = 64;
    float[] values = new float[batch * 12];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    var flip = new Augmentation(true, false);
    float[] out = map(flip::flipped, Shape.of(batch, 2, 3, 2), values, seed, step);
    List<Boolean> flips = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      boolean flipped = out[b * 12] != values[b * 12];
      flips.add(flipped);
      for (int h = 0; h < 2; h++) {
        for (int w = 0; w < 3; w++) {
          for (int c = 0; c < 2; c++) {
            float expected = values[b * 12 + h * 6 + (flipped ? 2 - w : w) * 2 + c];
            assertEquals(expected, out[b * 12 + h * 6 + w * 2 + c]);
          }
        }
      }
    }
    return flips;
  }

  @Test
  void aboutHalfOfTheImagesAreMirroredLeftToRight() {
    int flipped = 0;
    for (long step = 1; step <= 16; step++) {
      flipped += (int) flips(1, step).stream().filter(f -> f).count();
    }
    // 512 of 1024 expected, standard deviation 16.
    assertEquals(512, flipped, 80);
  }

  @Test
  void flipsAreAFunctionOfSeedAndStepAndDifferByRow() {
    List<Boolean> flips = flips(1, 1);
    assertEquals(flips, flips(1, 1));
    assertNotEquals(flips, flips(1, 2));
    assertNotEquals(flips, flips(2, 1));
    assertTrue(flips.contains(true) && flips.contains(false));
  }

  @Test
  void dequantisedBytesAreUniformOnTheir256th() {
    int n = 100_000;
    float[] bytes = new float[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = i % 256;
    }
    var dequantize = new Augmentation(false, true);
    for (PixelRange range : List.of(PixelRange.UNIT, PixelRange.CENTERED)) {
      float[] x =
          map((tf, key, k) -> dequantize.pixels(tf, key, k, range), Shape.of(n), bytes, 3, 4);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double u = (x[i] - range.low()) / (range.high() - range.low()) * 256 - bytes[i];
        assertTrue(u > -1e-4 && u < 1 + 1e-4, "u = " + u);
        sum += u;
        squares += u * u;
      }
      double mean = sum / n;
      // Standard errors: 0.0009 of the mean, 0.0003 of the variance.
      assertEquals(0.5, mean, 0.005);
      assertEquals(1 / 12.0, squares / n - mean * mean, 0.0015);
    }
  }

  @Test
  void withoutDequantisationBytesMapToTheEndsOfTheRange() {
    float[] x =
        map(
            (tf, key, k) -> Augmentation.NONE.pixels(tf, key, k, PixelRange.CENTERED),
            Shape.of(3),
            new float[] {0, 51, 255},
            0,
            0);
    assertEquals(-1, x[0], 1e-6);
    assertEquals(-0.6, x[1], 1e-6);
    assertEquals(1, x[2], 1e-6);
  }

  @Test
  void whatDoesNotSuitTheDataIsRefused() {
    var flip = new Augmentation(true, false);
    var dequantize = new Augmentation(false, true);
    assertEquals(
        "training.augmentation.flip: must be false for examples that are no images, found true",
        assertThrows(InvalidValueException.class, () -> flip.check(Shape.of(2), false))
            .getMessage());
    assertEquals(
        "training.augmentation.dequantize: must be false for examples that are not bytes, found true",
        assertThrows(InvalidValueException.class, () -> dequantize.check(Shape.of(4, 4, 1), false))
            .getMessage());
  }
}
