package org.score4j.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.score4j.report.chart.CurveChart.Curve;

/**
 * Loss against step, the mean of neighbours over the raw values. Losses that are all positive and
 * fall by more than a factor of 3 have a logarithmic axis, and then so do steps of which the first
 * tenth sees most of the fall.
 *
 * @param steps steps at which the loss was taken, from 1 on, ascending
 * @param losses the loss there; what is not finite is left out
 */
public record LossCurve(long[] steps, double[] losses) {
  private static final double ROOM = 0.05;

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

  /**
   * The chart.
   *
   * @param others curves to draw over those of the training loss; possibly empty
   */
  public CurveChart chart(List<Curve> others) {
    double[] x = Arrays.stream(steps).asDoubleStream().toArray();
    List<Curve> curves = new ArrayList<>();
    curves.add(new Curve("training loss", "raw", x, losses));
    curves.add(new Curve("smoothed", "smooth", x, smoothed()));
    curves.addAll(others);
    double[] all = curves.stream().flatMapToDouble(c -> DoubleStream.of(c.y())).toArray();
    boolean logarithmic = logLosses() && DoubleStream.of(all).allMatch(y -> y > 0);
    return new CurveChart(
        CurveChart.steps(curves, logSteps()),
        Axis.around("loss", DoubleStream.of(all), logarithmic, ROOM),
        curves);
  }

  boolean logLosses() {
    double[] smoothed = smoothed();
    double least = Arrays.stream(smoothed).min().orElseThrow();
    return Arrays.stream(losses).allMatch(loss -> loss > 0)
        && Arrays.stream(smoothed).max().orElseThrow() > 3 * least;
  }

  boolean logSteps() {
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
  double[] smoothed() {
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
