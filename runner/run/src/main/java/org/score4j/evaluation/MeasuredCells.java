package org.score4j.evaluation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.score4j.api.Metric.Interval;
import org.score4j.api.Metric.Measurement;
import org.score4j.folder.MetricsLog;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The measurements of a long comparison, each kept as soon as it is made, so that one that was
 * stopped need not be made again.
 *
 * @param file one JSON object a line
 */
public record MeasuredCells(Path file) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * A measurement, from the file if it is there.
   *
   * @param key all it depends on
   * @param make makes it
   */
  public Measurement get(Map<String, Object> key, Supplier<Measurement> make) {
    return find(key)
        .orElseGet(
            () -> {
              Measurement made = make.get();
              keep(key, made);
              return made;
            });
  }

  private Optional<Measurement> find(Map<String, Object> key) {
    JsonNode wanted = JSON.readTree(JSON.writeValueAsString(key));
    return MetricsLog.read(file).stream()
        .filter(line -> line.path("of").equals(wanted))
        .map(MeasuredCells::read)
        .findFirst();
  }

  private static Measurement read(JsonNode line) {
    return new Measurement(
        line.path("metric").asString(),
        line.path("value").asDouble(),
        line.has("low")
            ? Optional.of(new Interval(line.path("low").asDouble(), line.path("high").asDouble()))
            : Optional.empty());
  }

  private void keep(Map<String, Object> key, Measurement made) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("of", key);
    line.put("metric", made.name());
    line.put("value", made.value());
    made.interval()
        .ifPresent(
            interval -> {
              line.put("low", interval.low());
              line.put("high", interval.high());
            });
    // Not just opened: a line that a kill cut short would spoil this one.
    try (MetricsLog log = MetricsLog.continueAfter(file, Long.MAX_VALUE)) {
      log.add(line);
    }
  }
}
