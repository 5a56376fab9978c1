package org.score4j.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.score4j.engine.training.TrainingProgramTest.BATCH;
import static org.score4j.engine.training.TrainingProgramTest.DIMENSIONS;
import static org.score4j.engine.training.TrainingProgramTest.batch;
import static org.score4j.engine.training.TrainingProgramTest.settings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.Precision;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.sampling.SigmaIsTime;
import org.score4j.engine.training.TrainingProgram.Step;
import org.score4j.format.TensorFile;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class TrainingStepTest {

  /** Mean over dimensions of (w x - 1)^2: no randomness, so that its gradient is known. */
  private record Regression() implements Loss {
    @Override
    public Operand<TFloat32> perExample(LossGraph g) {
      var tf = g.tf();
      var error = tf.math.sub(g.field().noise(g.data(), g.level()), tf.constant(1f));
      return tf.math.mean(tf.math.square(error), tf.constant(new int[] {1}));
    }
  }

  private static TrainingProgram program(TrainingSettings settings) {
    return program(settings, new Regression());
  }

  private static TrainingProgram program(TrainingSettings settings, Loss loss) {
    return new TrainingProgram(
        new SigmaIsTime(0.1, 2),
        new TrainingProgramTest.Linear(0),
        loss,
        new TrainingProgramTest.Descent(0.1),
        settings,
        Shape.of(DIMENSIONS),
        Optional.empty(),
        0);
  }

  private static Map<String, float[]> state(TrainingProgram program, String prefix) {
    try (Snapshot snapshot = program.snapshot()) {
      return snapshot.values(prefix);
    }
  }

  private static float[] weights(TrainingProgram program) {
    return state(program, "model").get("layer/w");
  }

  private static ByteBuffer filled(float value) {
    var data = ByteBuffer.allocateDirect(BATCH * DIMENSIONS * Float.BYTES);
    data.order(ByteOrder.nativeOrder());
    while (data.hasRemaining()) {
      data.putFloat(value);
    }
    return data.flip();
  }

  private static Step step(TrainingProgram program, long number, ByteBuffer data) {
    return program.step(number, data, new int[BATCH]);
  }

  @Test
  void accumulatedBatchesMoveAsOneBatchOfAllTheirExamples() {
    var whole = ByteBuffer.allocateDirect(3 * BATCH * DIMENSIONS * Float.BYTES);
    whole.order(ByteOrder.nativeOrder());
    List.of(1L, 2L, 3L).forEach(n -> whole.put(batch(n)));
    whole.flip();
    try (var parts = program(settings(BATCH, 3, 0, 0.1, List.of(0.5), 11));
        var one = program(settings(3 * BATCH, 1, 0, 0.1, List.of(0.5), 11))) {
      float[] start = weights(parts);
      double loss = 0;
      for (long n = 1; n <= 2; n++) {
        loss += parts.accumulate(n, batch(n), new int[BATCH]) / 3;
        assertArrayEquals(start, weights(parts), "no update before the last batch");
      }
      Step last = step(parts, 3, batch(3));
      loss += last.loss() / 3;
      Step together = one.step(1, whole, new int[3 * BATCH]);
      assertEquals(together.loss(), loss, 1e-6);
      assertEquals(together.gradientNorm(), last.gradientNorm(), 1e-6);
      assertArrayEquals(weights(one), weights(parts), 1e-6f);
      assertArrayEquals(
          state(one, "ema").get("layer/w"), state(parts, "ema").get("layer/w"), 1e-6f);
    }
  }

  @Test
  void whatWasAccumulatedForOneStepIsForgottenByTheNext() {
    try (var accumulating = program(settings(BATCH, 2, 0, 0, List.of(0.0), 11));
        var again = program(settings(BATCH, 2, 0, 0, List.of(0.0), 11))) {
      accumulating.accumulate(1, batch(1), new int[BATCH]);
      step(accumulating, 2, filled(Float.NaN));
      float[] start = weights(accumulating);
      assertArrayEquals(weights(again), start);
      for (var program : List.of(accumulating, again)) {
        program.accumulate(3, batch(3), new int[BATCH]);
        assertTrue(step(program, 4, batch(4)).fault().isEmpty());
      }
      assertArrayEquals(weights(again), weights(accumulating));
      assertNotEquals(start[0], weights(again)[0]);
    }
  }

  @Test
  void aStepThatIsNotFiniteChangesNothingAndNamesTheGradient() {
    try (var program = program(settings(BATCH, 1, 0, 1, List.of(0.9, 0.5), 11))) {
      step(program, 1, batch(1));
      var before = List.of("model", "ema", "ema-0.5", "optimizer");
      var values = before.stream().map(prefix -> state(program, prefix)).toList();
      Step skipped = step(program, 2, filled(Float.NaN));
      assertTrue(Double.isNaN(skipped.loss()));
      assertEquals(
          Optional.of(
              new TrainingProgram.Fault(
                  "the loss is NaN, the gradient of layer/w is not finite", false)),
          skipped.fault());
      for (int i = 0; i < before.size(); i++) {
        var after = state(program, before.get(i));
        assertFalse(after.isEmpty());
        values.get(i).forEach((name, v) -> assertArrayEquals(v, after.get(name), name));
      }
      float w = weights(program)[0];
      assertTrue(step(program, 3, batch(3)).fault().isEmpty());
      assertNotEquals(w, weights(program)[0], "the next good step counts");
    }
  }

  @Test
  void hugeParametersAreNotBrokenOnes() {
    try (var program = program(settings(BATCH, 1, 0, 0, List.of(0.0), 11))) {
      // A gradient of 1e18 is finite, and leaves parameters of 1e17; but the square of such a
      // parameter times data of 1e9 is not.
      assertTrue(step(program, 1, filled(1e9f)).fault().isEmpty());
      Step step = step(program, 2, filled(1e9f));
      assertFalse(step.fault().orElseThrow().lasting());
    }
  }

  @Test
  void brokenParametersLast(@TempDir Path folder) {
    try (var program = program(settings(BATCH, 1, 0, 0, List.of(0.0), 11))) {
      Path file = folder.resolve("broken.safetensors");
      var writer = new TensorFile.Writer(file, Map.of());
      List.of("model/layer/w", "ema/layer/w", "optimizer/sum/layer/w")
          .forEach(name -> writer.add(name, Shape.of(3), () -> new float[] {1, Float.NaN, 2}));
      writer.write();
      program.load(TensorFile.open(file));
      assertEquals(
          Optional.of(new TrainingProgram.Fault("the parameter layer/w is not finite", true)),
          step(program, 1, batch(1)).fault());
      try (Snapshot snapshot = program.snapshot()) {
        assertEquals(Optional.of("model/layer/w"), snapshot.notFinite());
      }
    }
  }

  @Test
  void everyAverageFollowsItsOwnDecay() {
    List<Double> decays = List.of(0.2, 0.0, 0.15);
    try (var program = program(settings(BATCH, 1, 0, 0, decays, 11))) {
      double[] expected = {weights(program)[0], weights(program)[0], weights(program)[0]};
      for (long n = 1; n <= 5; n++) {
        step(program, n, batch(n));
        float w = weights(program)[0];
        for (int i = 0; i < expected.length; i++) {
          double decay = Math.min(decays.get(i), (1.0 + n) / (10.0 + n));
          expected[i] += (1 - decay) * (w - expected[i]);
        }
      }
      List<String> prefixes = List.of("ema", "ema-0.0", "ema-0.15");
      for (int i = 0; i < expected.length; i++) {
        assertEquals(prefixes.get(i), ParameterAverage.of(decays.get(i), i == 0).prefix());
        assertEquals(expected[i], state(program, prefixes.get(i)).get("layer/w")[0], 1e-6);
      }
      assertArrayEquals(weights(program), state(program, "ema-0.0").get("layer/w"));
    }
  }

  @Test
  void gradientsAreThoseOfTheStepAndChangeNothing() {
    try (var program = program(settings(BATCH, 1, 0, 0, List.of(0.0), 11))) {
      float[] before = weights(program);
      float[] gradient = program.gradients(1, batch(1), new int[BATCH]).get("layer/w");
      assertArrayEquals(before, weights(program));
      double norm = step(program, 1, batch(1)).gradientNorm();
      double square = 0;
      float[] after = weights(program);
      for (int i = 0; i < DIMENSIONS; i++) {
        assertEquals(before[i] - 0.1 * gradient[i], after[i], 1e-6);
        square += gradient[i] * gradient[i];
      }
      assertEquals(Math.sqrt(square), norm, 1e-6);
    }
  }

  @Test
  void aSnapshotIsLeftAloneByLaterSteps() {
    try (var program = program(settings(BATCH, 1, 0, 0, List.of(0.5), 11));
        Snapshot snapshot = program.snapshot()) {
      float[] start = snapshot.values("model").get("layer/w");
      for (long n = 1; n <= 20; n++) {
        step(program, n, batch(n));
      }
      assertArrayEquals(start, snapshot.values("model").get("layer/w"));
      assertArrayEquals(start, snapshot.values("ema").get("layer/w"));
      assertNotEquals(start[0], weights(program)[0]);
    }
  }

  @Test
  void heldOutLossesAreOfTheAveragesAtTimesAndNoisesThatStay() {
    var plain = settings(BATCH, 1, 0, 0, List.of(0.5, 0.0), 11);
    var settings =
        new TrainingSettings(
            BATCH,
            1,
            plain.rate(),
            0,
            plain.ema(),
            0,
            Augmentation.NONE,
            Precision.FLOAT32,
            true,
            Device.CPU,
            0,
            11);
    Loss noisy = new TrainingProgramTest.SquaredNoiseError();
    try (var watched = program(settings, noisy);
        var other = program(plain, noisy)) {
      double[] first = watched.heldOutLosses(1, batch(9), new int[BATCH]);
      assertEquals(first[0], first[1], "both averages start from the parameters");
      assertArrayEquals(first, watched.heldOutLosses(1, batch(9), new int[BATCH]));
      assertNotEquals(first[0], watched.heldOutLosses(2, batch(9), new int[BATCH])[0]);
      for (long n = 1; n <= 30; n++) {
        assertEquals(step(other, n, batch(n)), step(watched, n, batch(n)), "only watched");
      }
      double[] later = watched.heldOutLosses(1, batch(9), new int[BATCH]);
      assertTrue(later[1] < first[1], first[1] + " then " + later[1]);
      assertNotEquals(later[0], later[1]);
    }
  }
}
