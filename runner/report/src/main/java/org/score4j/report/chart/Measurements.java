package org.score4j.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.score4j.format.text.Numerals;

/**
 * What metrics found, as a table.
 *
 * @param groups from the first to be shown to the last
 */
public record Measurements(List<Group> groups) {

  /**
   * Metrics of the same samples.
   *
   * @param told which samples
   */
  public record Group(String told, List<Row> rows) {}

  /**
   * One metric.
   *
   * @param interval its 95 % interval, if it is known
   * @param real what real data get in place of samples, if it is known
   */
  public record Row(
      String name, double value, Optional<Interval> interval, Optional<Double> real) {}

  /** An interval. */
  public record Interval(double low, double high) {}

  /** The table. */
  public Html html() {
    boolean floors = rows().anyMatch(row -> row.real().isPresent());
    List<Html> bodies = new ArrayList<>();
    for (Group group : groups) {
      bodies.add(
          Html.of(
              "<tbody><tr class=\"group\"><th colspan=\"%s\" scope=\"rowgroup\">%s</th></tr>%s</tbody>",
              floors ? 5 : 4,
              group.told(),
              Html.all(group.rows().stream().map(row -> row(row, floors)).toList())));
    }
    return Html.of(
        """
        <div class="scroll"><table class="measurements">
        <thead><tr><th scope="col">metric</th><th scope="col" class="of-samples">samples</th>\
        <th scope="col">95&#160;%% interval</th>%s<th class="whisker"></th></tr></thead>
        %s
        </table></div>""",
        floors ? Html.of("<th scope=\"col\" class=\"of-data\">real data</th>") : Html.NOTHING,
        Html.all(bodies));
  }

  private Stream<Row> rows() {
    return groups.stream().flatMap(group -> group.rows().stream());
  }

  private static Html row(Row row, boolean floors) {
    return Html.of(
        """
        <tr><th scope="row">%s</th><td class="value">%s</td><td>%s</td>%s<td class="whisker">%s</td></tr>""",
        row.name(),
        Numerals.measured(row.value(), 4),
        row.interval()
            .map(i -> Numerals.measured(i.low(), 4) + " to " + Numerals.measured(i.high(), 4))
            .orElse(""),
        floors
            ? Html.of("<td>%s</td>", row.real().map(real -> Numerals.measured(real, 4)).orElse(""))
            : Html.NOTHING,
        whisker(row));
  }

  /** The interval as a line with the value on it, and a mark where real data are. */
  private static Html whisker(Row row) {
    DoubleStream ends =
        row.interval().stream().flatMapToDouble(i -> DoubleStream.of(i.low(), i.high()));
    DoubleStream others =
        DoubleStream.concat(
            DoubleStream.of(row.value()), row.real().stream().mapToDouble(Double::doubleValue));
    double[] all = DoubleStream.concat(ends, others).toArray();
    if (all.length < 2 || !DoubleStream.of(all).allMatch(Double::isFinite)) {
      return Html.NOTHING;
    }
    Axis axis = Axis.around("", DoubleStream.of(all), false, 0.08);
    return Html.of(
        "<svg width=\"100%%\" height=\"20\" aria-hidden=\"true\">%s%s%s</svg>",
        row.interval()
            .map(
                i ->
                    Html.of(
                        "<line class=\"interval\" x1=\"%s\" x2=\"%s\" y1=\"10\" y2=\"10\"/>",
                        at(axis, i.low()), at(axis, i.high())))
            .orElse(Html.NOTHING),
        row.real()
            .map(
                real ->
                    Html.of(
                        "<line class=\"real\" x1=\"%s\" x2=\"%s\" y1=\"2\" y2=\"18\"/>",
                        at(axis, real), at(axis, real)))
            .orElse(Html.NOTHING),
        Html.of("<circle cx=\"%s\" cy=\"10\" r=\"3.5\"/>", at(axis, row.value())));
  }

  private static String at(Axis axis, double value) {
    return CurveChart.percent(axis.place(value));
  }
}
