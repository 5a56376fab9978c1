package org.score4j.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.score4j.format.text.Numerals;
import org.score4j.report.chart.CurveChart.Curve;

/**
 * How training went: the loss with its smoothed course and that of held-out data, and smaller what
 * else was logged.
 *
 * @param loss of the training data
 * @param heldOut of other data, by what names the average that was measured; possibly empty
 * @param others more series by their names, such as the learning rate, of which those that vary are
 *     shown; possibly empty
 */
public record TrainingCurves(Series loss, Map<String, Series> heldOut, Map<String, Series> others) {

  /**
   * Values at steps; those that are not finite leave gaps.
   *
   * @param steps ascending
   */
  public record Series(long[] steps, double[] values) {

    double[] x() {
      return Arrays.stream(steps).asDoubleStream().toArray();
    }

    boolean isDrawn() {
      return Arrays.stream(values).filter(Double::isFinite).count() > 0;
    }

    boolean varies() {
      return Arrays.stream(values).filter(Double::isFinite).distinct().count() > 1;
    }

    double last() {
      return values[values.length - 1];
    }
  }

  /** The charts. */
  public Html html() {
    List<Html> small = new ArrayList<>();
    others.forEach(
        (name, series) -> {
          if (series.varies()) {
            small.add(small(name, series));
          }
        });
    return Html.of(
        "%s<div class=\"charts\">%s</div>",
        loss.isDrawn() ? lossChart() : Html.NOTHING, Html.all(small));
  }

  private Html lossChart() {
    LossCurve curve = new LossCurve(loss.steps(), loss.values());
    double[] smoothed = curve.smoothed();
    List<Curve> others = new ArrayList<>();
    heldOut.forEach(
        (name, series) -> {
          if (series.isDrawn()) {
            others.add(new Curve(name, "held", series.x(), series.values()));
          }
        });
    return Html.of(
        """
        <figure class="wide">
        <figcaption><b>Loss</b> %s at step %s, smoothed over neighbours</figcaption>
        %s
        </figure>""",
        Numerals.significant(smoothed[smoothed.length - 1], 4),
        Numerals.count(curve.steps()[curve.steps().length - 1]),
        curve.chart(others).html());
  }

  private static Html small(String name, Series series) {
    List<Curve> curves = List.of(new Curve(name, "line", series.x(), series.values()));
    boolean positive =
        DoubleStream.of(series.values()).filter(Double::isFinite).allMatch(v -> v > 0);
    var range = DoubleStream.of(series.values()).filter(Double::isFinite).summaryStatistics();
    boolean logarithmic = positive && range.getMax() > 30 * range.getMin();
    Axis up = Axis.around(name, DoubleStream.of(series.values()), logarithmic, 0.05);
    return Html.of(
        """
        <figure class="small">
        <figcaption><b>%s</b> %s at the end</figcaption>
        %s
        </figure>""",
        name,
        Numerals.significant(series.last(), 3),
        new CurveChart(CurveChart.steps(curves, false), up, curves).html());
  }
}
