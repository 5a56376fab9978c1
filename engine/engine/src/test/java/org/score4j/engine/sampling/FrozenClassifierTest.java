package org.score4j.engine.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Classifier;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

class FrozenClassifierTest {
  private static final Shape KERNEL = Shape.of(2, 3);

  @TempDir private Path folder;

  /** (x + sigma) W + b. */
  private record Affine() implements Classifier {
    @Override
    public Operand<TFloat32> logits(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, int classes) {
      var tf = scope.tf();
      var shifted = tf.math.add(x, LevelTensors.align(tf, level.sigma(), x));
      var kernel = scope.parameter("kernel", KERNEL, Initializer.zeros());
      var bias = scope.parameter("bias", Shape.of(classes), Initializer.zeros());
      return tf.math.add(tf.linalg.matMul(shifted, kernel), bias);
    }
  }

  /** Without a matrix. */
  private record Squares() implements Classifier {
    @Override
    public Operand<TFloat32> logits(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, int classes) {
      return scope.tf().math.square(x);
    }
  }

  /** The averages of a kernel with the rows 0 1 2 and 3 4 5, and of the bias 10 20 30. */
  private byte[] frozen(Classifier classifier, String kernel) {
    Path file = folder.resolve("checkpoint");
    var writer = new TensorFile.Writer(file, Map.of());
    writer.add(kernel, KERNEL, () -> new float[] {0, 1, 2, 3, 4, 5});
    writer.add("ema/bias", Shape.of(3), () -> new float[] {10, 20, 30});
    writer.write();
    var trained = new TrainedClassifier(classifier, 3, Optional.of(TensorFile.open(file)));
    return FrozenClassifier.of(new SigmaIsTime(0.1, 1), trained, Shape.of(2), Optional.empty());
  }

  @Test
  void averagedParametersTellAtTheLeastNoise() throws IOException {
    GraphDef frozen = GraphDef.parseFrom(frozen(new Affine(), "ema/kernel"));
    assertTrue(frozen.getNodeList().stream().noneMatch(node -> node.getOp().contains("Var")));
    // The noise is 0.1.
    float[] first = {1.1f, 2.1f};
    float[] second = {-0.9f, 0.1f};
    float[] ofFirst = {16.3f, 29.5f, 42.7f};
    float[] ofSecond = {10.3f, 19.5f, 28.7f};
    try (var graph = new Graph()) {
      graph.importGraphDef(frozen);
      try (var session = new Session(graph)) {
        assertTells(session, new float[] {1, 2}, first, ofFirst);
        assertTells(
            session, new float[] {1, 2, -1, 0}, joined(first, second), joined(ofFirst, ofSecond));
      }
    }
  }

  private static void assertTells(Session session, float[] x, float[] features, float[] logits) {
    Shape shape = Shape.of(x.length / 2, 2);
    try (TFloat32 batch = TFloat32.tensorOf(shape, DataBuffers.of(x));
        var told = session.runner().feed("x", batch).fetch("features").fetch("logits").run()) {
      assertArrayEquals(features, floats((TFloat32) told.get(0)), 1e-5f);
      assertArrayEquals(logits, floats((TFloat32) told.get(1)), 1e-4f);
    }
  }

  private static float[] joined(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values));
    return values;
  }

  @Test
  void sameClassifierGivesTheSameBytes() {
    assertArrayEquals(frozen(new Affine(), "ema/kernel"), frozen(new Affine(), "ema/kernel"));
  }

  @Test
  void checkpointWithoutAParameterIsRefused() {
    var refused =
        assertThrows(TensorFileException.class, () -> frozen(new Affine(), "ema/another"));
    assertTrue(
        refused.getMessage().contains("has no tensor ema/kernel [2, 3]"), refused::getMessage);
  }

  @Test
  void classifierWithoutAMatrixHasNoFeatures() {
    var refused =
        assertThrows(InvalidValueException.class, () -> frozen(new Squares(), "ema/kernel"));
    assertEquals("classifier", refused.faults().get(0).component());
  }
}
