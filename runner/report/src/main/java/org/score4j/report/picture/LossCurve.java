package org.score4j.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Loss against step, the mean of neighbours over the raw values. Losses that are all positive and
 * fall by more than a factor of 3 have a logarithmic axis, and then so do steps of which the first
 * tenth sees most of the fall.
 *
 * @param steps steps at which the loss was taken, from 1 on, ascending
 * @param losses the loss there; what is not finite is left out
 */
public record LossCurve(long[] steps, double[] losses) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int TITLE_HEIGHT = 44;

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ, or no loss is finite
   */
  public LossCurve {
    if (steps.length != losses.length) {
      throw new IllegalArgumentException(losses.length + " losses for " + steps.length + " steps");
    }
    double[] all = losses;
    int[] finite = IntStream.range(0, all.length).filter(i -> Double.isFinite(all[i])).toArray();
    if (finite.length == 0) {
      throw new IllegalArgumentException("none of " + losses.length + " losses is finite");
    }
    long[] allSteps = steps;
    steps = Arrays.stream(finite).mapToLong(i -> allSteps[i]).toArray();
    losses = Arrays.stream(finite).mapToDouble(i -> all[i]).toArray();
  }

  /** Writes the picture, 900 by 480 pixels. */
  public void write(String title, Path file) throws IOException {
    BufferedImage image = ChartStyle.canvas(WIDTH, HEIGHT);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    Rectangle2D area = new Rectangle2D.Double(0, TITLE_HEIGHT, WIDTH, HEIGHT - TITLE_HEIGHT);
    ChartStyle.chart(plot()).draw(graphics, area);
    ChartStyle.title(graphics, title, WIDTH / 2, TITLE_HEIGHT);
    graphics.dispose();
    PngFile.write(image, file);
  }

  XYPlot plot() {
    double[] x = Arrays.stream(steps).asDoubleStream().toArray();
    DefaultXYDataset dataset = new DefaultXYDataset();
    dataset.addSeries("smoothed", new double[][] {x, smoothed()});
    dataset.addSeries("raw", new double[][] {x, losses});
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, losses.length == 1);
    renderer.setSeriesPaint(0, ChartStyle.BLUE);
    renderer.setSeriesStroke(
        0, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    renderer.setSeriesPaint(1, new Color(0xB4CBE6));
    renderer.setSeriesStroke(1, new BasicStroke(1));
    return new XYPlot(dataset, axis("step", logSteps()), axis("loss", logLosses()), renderer);
  }

  private static ValueAxis axis(String label, boolean logarithmic) {
    if (logarithmic) {
      return new DecadeAxis(label);
    }
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    return axis;
  }

  public boolean logLosses() {
    double[] smoothed = smoothed();
    double least = Arrays.stream(smoothed).min().orElseThrow();
    return Arrays.stream(losses).allMatch(loss -> loss > 0)
        && Arrays.stream(smoothed).max().orElseThrow() > 3 * least;
  }

  public boolean logSteps() {
    double[] smoothed = smoothed();
    int tenth = 0;
    while (tenth < steps.length - 1 && steps[tenth] < steps[steps.length - 1] / 10) {
      tenth++;
    }
    double early = Math.log(smoothed[0] / smoothed[tenth]);
    double whole = Math.log(smoothed[0] / smoothed[smoothed.length - 1]);
    return logLosses() && steps[0] > 0 && steps.length >= 20 && early > whole / 2;
  }

  /**
   * Means over neighbours: a fortieth of all on each side, fewer near the start, where it falls.
   */
  public double[] smoothed() {
    double[] sums = new double[losses.length + 1];
    for (int i = 0; i < losses.length; i++) {
      sums[i + 1] = sums[i] + losses[i];
    }
    double[] means = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      int reach = Math.min(i / 4, losses.length / 40);
      int end = Math.min(losses.length, i + reach + 1);
      means[i] = (sums[end] - sums[i - reach]) / (end - i + reach);
    }
    return means;
  }
}
