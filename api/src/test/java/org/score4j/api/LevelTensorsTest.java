package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

class LevelTensorsTest {

  private static double[] multiply(float[] level, Shape shape) {
    return Evaluation.of(
        tf -> {
          float[] ones = new float[(int) shape.size()];
          Arrays.fill(ones, 1);
          var x = tf.constant(shape, DataBuffers.of(ones));
          return tf.math.mul(LevelTensors.align(tf, tf.constant(level), x), x);
        });
  }

  @Test
  void aLevelForEveryExampleMultipliesExampleByExample() {
    float[] level = {2, 3};
    assertArrayEquals(new double[] {2, 2, 2, 3, 3, 3}, multiply(level, Shape.of(2, 3)));
    assertArrayEquals(new double[] {2, 2, 2, 2, 3, 3, 3, 3}, multiply(level, Shape.of(2, 2, 1, 2)));
  }

  @Test
  void oneLevelForAllMultipliesAll() {
    float[] level = {5};
    assertArrayEquals(new double[] {5, 5, 5, 5}, multiply(level, Shape.of(2, 2)));
    assertArrayEquals(new double[] {5, 5, 5, 5}, multiply(level, Shape.of(2, 1, 2, 1)));
  }

  @Test
  void batchSizeMayBeUnknownToTheGraph() {
    assertArrayEquals(
        new double[] {2, 4, 9, 12},
        Evaluation.of(
            tf -> {
              var known = tf.constant(new float[][] {{1, 2}, {3, 4}});
              var x = tf.placeholderWithDefault(known, Shape.of(Shape.UNKNOWN_SIZE, 2));
              return tf.math.mul(LevelTensors.align(tf, tf.constant(new float[] {2, 3}), x), x);
            }));
  }
}
