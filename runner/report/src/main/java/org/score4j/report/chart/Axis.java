package org.score4j.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.score4j.format.text.Numerals;

/**
 * One direction of a chart.
 *
 * @param label what it measures
 * @param low its lower end, above 0 if it is logarithmic
 * @param high its upper end, above the lower
 * @param logarithmic whether equal ratios have equal lengths
 */
public record Axis(String label, double low, double high, boolean logarithmic) {
  private static final int WANTED = 5;
  private static final int[] CLOSE = {1, 2, 3, 4, 5, 6, 8};

  /** A place with a number beside it. */
  public record Tick(double value, String text) {}

  /** An axis that holds finite values, with a little room beyond them. */
  static Axis around(String label, DoubleStream values, boolean logarithmic, double room) {
    var found = values.filter(Double::isFinite).summaryStatistics();
    double low = found.getCount() == 0 ? 1 : found.getMin();
    double high = found.getCount() == 0 ? 1 : found.getMax();
    if (logarithmic) {
      double more = high > low ? Math.pow(high / low, room) : 1.5;
      return new Axis(label, low / more, high * more, true);
    }
    double more = high > low ? (high - low) * room : Math.max(Math.abs(high), 1e-3) / 2;
    return new Axis(label, low - more, high + more, false);
  }

  /** Whether a value is on the axis; NaN is on none. */
  public boolean holds(double value) {
    return value >= low && value <= high;
  }

  /** Where a value is: 0 at the lower end, 1 at the upper. */
  public double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Round numbers on the axis. */
  public List<Tick> ticks() {
    List<Tick> ticks = logarithmic ? decades() : List.of();
    return ticks.size() < 2 ? steps() : ticks;
  }

  /** Powers of ten, with multiples of each if there are few. */
  private List<Tick> decades() {
    List<Tick> ticks = new ArrayList<>();
    double span = Math.log10(high / low);
    int every = (int) Math.max(1, Math.ceil(span / (WANTED + 2)));
    int[] factors = span < 0.8 ? CLOSE : span < 2.5 ? new int[] {1, 2, 5} : new int[] {1};
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int factor : factors) {
        double value = factor * Math.pow(10, power);
        if (value >= low && value <= high && Math.floorMod(power, every) == 0) {
          ticks.add(tick(value, 1));
        }
      }
    }
    return ticks;
  }

  private List<Tick> steps() {
    double rough = (high - low) / WANTED;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        DoubleStream.of(1, 2, 5, 10)
            .map(f -> f * power)
            .filter(s -> s >= rough)
            .findFirst()
            .orElseThrow();
    int digits = (int) Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / step)) + 1;
    List<Tick> ticks = new ArrayList<>();
    for (double n = Math.ceil(low / step); n * step <= high; n++) {
      ticks.add(tick(n * step, digits));
    }
    return ticks;
  }

  private static Tick tick(double value, int digits) {
    boolean large = Math.abs(value) >= 1000 && value == Math.rint(value) && digits <= 3;
    return new Tick(
        value, large ? Numerals.rounded((long) value) : Numerals.significant(value, digits));
  }
}
