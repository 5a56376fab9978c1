package org.score4j.report.chart;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.score4j.api.Metric.Measurement;
import org.score4j.format.text.Numerals;

/**
 * What samplers reach by the network evaluations they are allowed.
 *
 * @param samples of each measurement
 * @param budgets the numbers of evaluations, increasing
 * @param rows each sampler's measurements by one metric, one a budget
 * @param floor what real data reach, if there are others to hold them against
 */
public record ComparisonTable(
    int samples,
    List<Integer> budgets,
    Map<String, List<Measurement>> rows,
    Optional<Measurement> floor) {

  /** The table in Markdown. */
  public String markdown() {
    StringBuilder table = new StringBuilder();
    table.append(
        row(
            metric() + " of " + samples + " samples, by NFE",
            budgets.stream().map(String::valueOf).toList()));
    table.append("|---|").append("---:|".repeat(budgets.size())).append('\n');
    rows.forEach(
        (sampler, row) ->
            table.append(
                row("`" + sampler + "`", row.stream().map(ComparisonTable::cell).toList())));
    floor.ifPresent(
        level -> table.append(row("real data", Collections.nCopies(budgets.size(), cell(level)))));
    return table.toString();
  }

  /** A number with the half-width of its interval. */
  public static String cell(Measurement measurement) {
    return Numerals.ascii(measurement.value(), 4)
        + measurement
            .interval()
            .map(i -> " ± " + Numerals.ascii((i.high() - i.low()) / 2, 2))
            .orElse("");
  }

  /** The table as curves. */
  public DecadePlot plot() {
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    rows.forEach(
        (sampler, row) -> curves.put(sampler, row.stream().map(Measurement::value).toList()));
    OptionalDouble level =
        floor.map(f -> OptionalDouble.of(f.value())).orElse(OptionalDouble.empty());
    return new DecadePlot("number of function evaluations (NFE)", metric(), budgets, curves, level);
  }

  private String metric() {
    return rows.values().iterator().next().get(0).name();
  }

  private static String row(String title, List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| " + title + " | ", " |\n"));
  }
}
