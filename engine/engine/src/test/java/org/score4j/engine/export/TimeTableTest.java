package org.score4j.engine.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.score4j.engine.graph.GraphScope;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

class TimeTableTest {
  private static final int TIMES = 200_000;

  /** How many of the graph's numbers are not the function's, rounded to float32. */
  private static int differences(TimeTable table, DoubleUnaryOperator f, float first, float last) {
    var random = new SplittableRandom(1);
    float[] times = new float[TIMES];
    for (int i = 0; i < TIMES; i++) {
      // Half of them as dense as the floats, half as dense as the time.
      times[i] =
          i % 2 == 0
              ? Float.intBitsToFloat(
                  random.nextInt(Float.floatToIntBits(first), Float.floatToIntBits(last) + 1))
              : (float) random.nextDouble(first, last);
    }
    times[0] = first;
    times[1] = last;
    float[] found = new float[TIMES];
    try (var graph = new Graph()) {
      var tf = GraphScope.ops(graph);
      var value = table.at(tf, tf.constant(times));
      try (var session = new Session(graph);
          var result = session.runner().fetch(value).run()) {
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(found);
      }
    }
    int differences = 0;
    for (int i = 0; i < TIMES; i++) {
      float expected = (float) f.applyAsDouble(times[i]);
      if (found[i] != expected) {
        differences++;
        assertTrue(
            Math.abs(found[i] - expected) <= Math.ulp(expected),
            found[i] + " for " + expected + " at " + times[i]);
      }
    }
    return differences;
  }

  private static void assertRight(DoubleUnaryOperator f, double first, double last, int pieces) {
    var table = TimeTable.of(f, (float) first, (float) last);
    int differences = differences(table, f, (float) first, (float) last);
    assertTrue(differences <= TIMES * 2e-5, () -> differences + " differ");
    assertTrue(table.size() <= pieces, () -> table.size() + " pieces");
  }

  private static double integral(double t) {
    return 0.1 * t + 19.9 * t * t / 2;
  }

  @Test
  void smoothFunctionsAreRoundedAsTheyAreOnTheHost() {
    assertRight(t -> 1, 1e-5, 1, 1);
    assertRight(t -> t, 0.002, 80, 10);
    assertRight(t -> 0.01 * Math.pow(1348 / 0.01, t), 1e-5, 1, 100);
    assertRight(t -> Math.exp(-integral(t) / 2), 1e-5, 1, 100);
    assertRight(t -> Math.sqrt(-Math.expm1(-integral(t))), 1e-5, 1, 100);
    assertRight(t -> -Math.expm1(-integral(t)), 1e-5, 1, 100);
    assertRight(Math::sqrt, 1e-6, 1, 200);
  }

  @Test
  void kinksAndStepsCostNoAccuracy() {
    // A kink at every integer, as discrete schedules have.
    DoubleUnaryOperator kinks =
        t -> Math.exp(-1e-5 * Math.floor(t) * (t - (Math.floor(t) + 1) / 2));
    assertRight(kinks, 1, 1000, 1000);
    assertRight(t -> 1 + Math.abs(t - 1 / Math.PI), 1e-5, 1, 1000);
    assertRight(t -> 1 + Math.floor(10 * t), 1e-5, 1, 1000);
  }

  @Test
  void aFunctionThatCancelsIsAsGoodAsItIsOnTheHost() {
    DoubleUnaryOperator noisy = t -> Math.sqrt(1 - Math.pow(Math.exp(-integral(t) / 2), 2));
    var table = TimeTable.of(noisy, 1e-5f, 1);
    assertTrue(differences(table, noisy, 1e-5f, 1) < TIMES * 0.05);
  }

  @Test
  void whatNoTableCanHoldIsRefused() {
    DoubleUnaryOperator noise = t -> 1 + 1e-3 * Math.sin(1e9 * t * t);
    assertEquals(
        "changes too abruptly between t = 1.0E-5 and 1.0 to be put into a table",
        assertThrows(IllegalArgumentException.class, () -> TimeTable.of(noise, 1e-5f, 1))
            .getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> TimeTable.of(Math::log, 0, 1))
            .getMessage()
            .matches("is -?(Infinity|NaN) at t = .*"));
  }
}
