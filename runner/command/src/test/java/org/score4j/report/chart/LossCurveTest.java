package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LossCurveTest {
  @Test
  void powerLawHasTwoLogarithmicAxes() {
    LossCurve curve = curve(step -> 1 / Math.sqrt(step));
    assertTrue(curve.logLosses());
    assertTrue(curve.logSteps());
  }

  @Test
  void exponentialDecayHasALogarithmicLossOnly() {
    LossCurve curve = curve(step -> Math.exp(-step / 300));
    assertTrue(curve.logLosses());
    assertFalse(curve.logSteps());
  }

  @Test
  void negativeOrLevelLossHasLinearAxes() {
    assertFalse(curve(step -> 10 / step - 1).chart(List.of()).y().logarithmic());
    assertFalse(curve(step -> 1 + 1 / step).chart(List.of()).y().logarithmic());
  }

  @Test
  void axesCoverTheValuesOfAllCurves() {
    var held = new CurveChart.Curve("held out", "held", new double[] {2000}, new double[] {1e-3});
    CurveChart chart = curve(step -> 1 / Math.sqrt(step)).chart(List.of(held));
    assertEquals(new Axis("step", 1, 2000, true), chart.x());
    // 5 % of three decades on either side.
    assertEquals(Math.pow(10, 0.15), chart.y().high(), 1e-9);
    assertEquals(Math.pow(10, -3.15), chart.y().low(), 1e-9);
  }

  @Test
  void aHeldOutLossBelowZeroMakesTheAxisLinear() {
    var held = new CurveChart.Curve("held out", "held", new double[] {1}, new double[] {-1});
    assertFalse(curve(step -> 1 / Math.sqrt(step)).chart(List.of(held)).y().logarithmic());
  }

  @Test
  void smoothingKeepsAStraightLineAndItsEnds() {
    LossCurve curve = curve(step -> 5 - 0.001 * step);
    double[] smoothed = curve.smoothed();
    for (int i = 0; i < 975; i++) {
      assertEquals(curve.losses()[i], smoothed[i], 1e-9);
    }
    // Beyond the end there is nothing to average: at most the mean of the 26 last.
    assertEquals(4 + 12.5 * 0.001, smoothed[999], 1e-9);
  }

  @Test
  void smoothingAveragesNoiseAway() {
    // 1 and 3 in turn, 51 of them to a mean.
    double[] smoothed = curve(step -> step % 2 == 0 ? 3 : 1).smoothed();
    assertEquals(2, smoothed[500], 1.01 / 51);
  }

  @Test
  void lossesThatAreNotFiniteAreLeftOut() {
    LossCurve curve =
        new LossCurve(new long[] {1, 2, 3}, new double[] {4, Double.NaN, Double.POSITIVE_INFINITY});
    assertEquals(1, curve.steps().length);
    assertThrows(
        IllegalArgumentException.class,
        () -> new LossCurve(new long[] {1}, new double[] {Double.NaN}));
  }

  private static LossCurve curve(DoubleUnaryOperator loss) {
    long[] steps = LongStream.rangeClosed(1, 1000).toArray();
    return new LossCurve(steps, LongStream.of(steps).asDoubleStream().map(loss).toArray());
  }
}
