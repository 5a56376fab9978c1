package org.score4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.score4j.evaluation.DrawnLog;
import org.score4j.format.text.Numerals;
import org.score4j.recipe.RecipeWriter;
import org.score4j.report.chart.Html;
import org.score4j.report.chart.Measurements;
import org.score4j.report.chart.TrainingCurves;
import org.score4j.report.chart.TrainingCurves.Series;
import tools.jackson.databind.JsonNode;

/**
 * What {@code metrics.jsonl} tells of a run.
 *
 * @param log its lines, in the order in which they were written
 */
record RunLog(List<JsonNode> log) {
  private static final int MOST_GROUPS = 12;

  private List<JsonNode> lines(String key) {
    return log.stream().filter(line -> line.has(key)).toList();
  }

  Optional<JsonNode> newest(String key) {
    List<JsonNode> lines = lines(key);
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
  }

  /** The last step of which there is a loss; 0 if there is none. */
  long step() {
    return lines("loss").stream().mapToLong(line -> line.path("step").asLong(0)).max().orElse(0);
  }

  /** The most memory there has been, in bytes; 0 if it is not known. */
  long peakMemory() {
    return log.stream().mapToLong(line -> line.path("peakMemoryBytes").asLong(0)).max().orElse(0);
  }

  /** By the rates that were logged: time between runs, and work that was lost, does not count. */
  double trainingSeconds() {
    double seconds = 0;
    long before = 0;
    for (JsonNode line : lines("stepsPerSecond")) {
      long step = line.path("step").asLong(0);
      seconds += (step - before) / line.path("stepsPerSecond").asDouble(Double.POSITIVE_INFINITY);
      before = step;
    }
    return seconds;
  }

  /** The course of the training; empty if none was logged. */
  Optional<Html> curves() {
    if (lines("loss").isEmpty()) {
      return Optional.empty();
    }
    Map<String, Series> heldOut = new LinkedHashMap<>();
    newest("heldOut")
        .ifPresent(
            newest ->
                newest
                    .path("heldOut")
                    .propertyNames()
                    .forEach(
                        decay ->
                            heldOut.put(
                                "held out, EMA " + decay,
                                series(
                                    "heldOut", line -> number(line.path("heldOut").path(decay))))));
    Map<String, Series> others = new LinkedHashMap<>();
    others.put("learning rate", series("learningRate", line -> number(line.path("learningRate"))));
    others.put("gradient norm", series("gradientNorm", line -> number(line.path("gradientNorm"))));
    others.put(
        "steps a second", series("stepsPerSecond", line -> number(line.path("stepsPerSecond"))));
    Series loss = series("loss", line -> number(line.path("loss")));
    return Optional.of(new TrainingCurves(loss, heldOut, others).html());
  }

  private Series series(String key, ToDoubleFunction<JsonNode> value) {
    List<JsonNode> lines = lines(key);
    return new Series(
        lines.stream().mapToLong(line -> line.path("step").asLong(0)).toArray(),
        lines.stream().mapToDouble(value).toArray());
  }

  private static double number(JsonNode value) {
    return value.asDouble(Double.NaN);
  }

  /** What metrics found, the newest first; empty if nothing was measured. */
  Optional<Html> measurements() {
    List<Measurements.Group> groups = new ArrayList<>();
    for (int i = log.size() - 1; i >= 0 && groups.size() < MOST_GROUPS; i--) {
      JsonNode line = log.get(i);
      if (line.has("samples") && !rows(line).isEmpty()) {
        groups.add(new Measurements.Group(drawn(line), rows(line)));
      }
    }
    return groups.isEmpty() ? Optional.empty() : Optional.of(new Measurements(groups).html());
  }

  private static String drawn(JsonNode line) {
    long step = line.path("step").asLong(0);
    return Numerals.count(line.path("samples").asLong(0))
        + " samples by "
        + line.path("sampler").path("type").asString("?")
        + ", "
        + Numerals.count(line.path("evaluations").asLong(0))
        + " function evaluations each, seed "
        + line.path("seed").asLong(0)
        + (line.has("labels") ? ", labels " + labels(line.path("labels")) : "")
        + (step > 0 ? ", after step " + Numerals.count(step) : "")
        + (line.has("control")
            ? ", controlled by "
                + line.path("control")
                    .valueStream()
                    .map(control -> control.path("type").asString("?"))
                    .collect(Collectors.joining(", "))
            : "");
  }

  private static String labels(JsonNode labels) {
    return labels.isArray() ? RecipeWriter.inline(labels) : labels.asString("?");
  }

  /** A line holds metrics by their names, what belongs to one by its name and an ending. */
  private static List<Measurements.Row> rows(JsonNode line) {
    List<Measurements.Row> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : line.properties()) {
      String name = entry.getKey();
      boolean metric =
          entry.getValue().isNumber()
              && !DrawnLog.NO_METRICS.contains(name)
              && !name.endsWith(DrawnLog.REAL);
      if (metric) {
        JsonNode interval = line.path(name + DrawnLog.INTERVAL);
        rows.add(
            new Measurements.Row(
                name,
                entry.getValue().asDouble(),
                interval.isArray()
                    ? Optional.of(
                        new Measurements.Interval(
                            number(interval.path(0)), number(interval.path(1))))
                    : Optional.empty(),
                line.has(name + DrawnLog.REAL)
                    ? Optional.of(number(line.path(name + DrawnLog.REAL)))
                    : Optional.empty()));
      }
    }
    return rows;
  }
}
