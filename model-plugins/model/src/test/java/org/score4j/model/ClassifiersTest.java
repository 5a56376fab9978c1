package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.Classifier;
import org.score4j.api.InvalidValueException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ClassifiersTest {

  static Stream<Classifier> classifiers() {
    return Stream.of(
        new ConvolutionalClassifier(8, List.of(1, 2), 0.1, 0.5), new WideResNet(1, 1, 0.1, 0.5));
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void knowNothingAtTheStart(Classifier classifier) {
    try (var graph = TestGraph.fresh()) {
      var logits = classifier.logits(graph.scope(), graph.normal(3, 8, 8, 1), graph.level(1, 1), 5);
      graph.initialize();
      assertArrayEquals(new long[] {3, 5}, logits.shape().asArray());
      assertArrayEquals(new float[15], graph.values(logits));
    }
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void areToldTheNoiseLevelAndTheGradientReachesTheImage(Classifier classifier) {
    try (var graph = TestGraph.scrambled()) {
      var tf = graph.tf();
      var x = graph.normal(1, 8, 8, 1);
      // alpha^2 sd^2 + sigma^2 is 0.5 in both, so only the embedding tells them apart.
      var low = classifier.logits(graph.scope(), x, graph.level(1, 0.5), 4);
      var high = classifier.logits(graph.scope(), x, graph.level(0.1, Math.sqrt(0.4975)), 4);
      var first = tf.slice(low, tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1}));
      var gradient = tf.gradients(first, List.of(x)).<TFloat32>dy(0);
      graph.initialize();
      float[] one = graph.values(low);
      float[] other = graph.values(high);
      assertTrue(Math.abs(one[0] - other[0]) > 1e-5, one[0] + " and " + other[0]);
      float largest = 0;
      for (float each : graph.values(gradient)) {
        largest = Math.max(largest, Math.abs(each));
      }
      assertTrue(largest > 1e-5, "gradient " + largest);
    }
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void refuseWhatTheyCannotHalve(Classifier classifier) {
    try (var graph = TestGraph.fresh()) {
      for (Shape shape : List.of(Shape.of(2, 7, 8, 1), Shape.of(2, 4))) {
        var x = graph.normal(shape.asArray());
        assertThrows(
            InvalidValueException.class,
            () -> classifier.logits(graph.scope(), x, graph.level(1, 1), 3));
      }
    }
  }
}
