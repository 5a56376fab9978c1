package org.score4j.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LossCurveTest {
  @TempDir private Path folder;

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
    assertInstanceOf(NumberAxis.class, curve(step -> 10 / step - 1).plot().getRangeAxis());
    assertInstanceOf(NumberAxis.class, curve(step -> 1 + 1 / step).plot().getRangeAxis());
  }

  @Test
  void axesCoverTheValues() {
    XYPlot plot = curve(step -> 1 / Math.sqrt(step)).plot();
    // Margins of 3 % in the logarithm: 3 decades of steps, 1.5 of loss.
    assertEquals(Math.pow(10, -0.09), plot.getDomainAxis().getLowerBound(), 1e-3);
    assertEquals(Math.pow(10, 3.09), plot.getDomainAxis().getUpperBound(), 1);
    assertEquals(Math.pow(10, 0.045), plot.getRangeAxis().getUpperBound(), 1e-3);
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

  @Test
  void writesAPictureWithTheCurveInIt() throws IOException {
    Path file = folder.resolve("loss.png");
    curve(step -> 1 / Math.sqrt(step)).write("loss", file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(900, read.getWidth());
    int blue = 0;
    for (int x = 0; x < 900; x++) {
      for (int y = 0; y < 480; y++) {
        blue += (read.getRGB(x, y) & 0xFFFFFF) == 0x1F5FA8 ? 1 : 0;
      }
    }
    assertTrue(blue > 500, "pixels of the curve: " + blue);
  }

  @Test
  void aSingleLossCanBeDrawn() throws IOException {
    Path file = folder.resolve("loss.png");
    new LossCurve(new long[] {1}, new double[] {2}).write("loss", file);
    assertEquals(480, ImageIO.read(file.toFile()).getHeight());
  }

  @Test
  void decadesAreLabelled() {
    DecadeAxis axis = new DecadeAxis("loss");
    axis.setRange(0.009, 20);
    assertEquals(List.of("0.01", "0.1", "1", "10"), labels(axis));
    axis.setRange(0.4, 3);
    assertEquals(List.of("0.5", "1", "2"), labels(axis));
    axis.setRange(1e-9, 1e-4);
    assertEquals(List.of("1e-9", "1e-8", "1e-7", "1e-6", "1e-5", "0.0001"), labels(axis));
  }

  private static List<String> labels(DecadeAxis axis) {
    return axis.ticks(true).stream()
        .filter(tick -> tick.getTickType() == TickType.MAJOR)
        .map(NumberTick::getText)
        .toList();
  }

  private static LossCurve curve(DoubleUnaryOperator loss) {
    long[] steps = LongStream.rangeClosed(1, 1000).toArray();
    return new LossCurve(steps, LongStream.of(steps).asDoubleStream().map(loss).toArray());
  }
}
