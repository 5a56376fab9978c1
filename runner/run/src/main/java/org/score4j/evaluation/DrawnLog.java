package org.score4j.evaluation;

import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.score4j.api.Examples;
import org.score4j.api.Metric.Measurement;
import org.score4j.engine.label.LabelChoice;
import org.score4j.folder.Manifest;
import org.score4j.folder.MetricsLog;
import org.score4j.folder.ResidentMemory;
import org.score4j.folder.RunFolder;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.sampling.Generator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Lines of {@code metrics.jsonl} that say which samples were drawn and what metrics found: each
 * metric by its name, its 95 % interval as {@code name-95}, and what real data get in place of as
 * many samples as {@code name-real}.
 */
public final class DrawnLog {
  private static final Logger LOG = LoggerFactory.getLogger(DrawnLog.class);

  /** Numbers in a line that no metric found. */
  public static final Set<String> NO_METRICS =
      Set.of("step", "samples", "seed", "evaluations", "seconds", "peakMemoryBytes");

  /** A digest of what the numbers of real data depend on, apart from the number of samples. */
  private static final String REAL_OF = "realOf";

  /** What a metric's name has behind it for its interval. */
  public static final String INTERVAL = "-95";

  /** What it has for real data. */
  public static final String REAL = "-real";

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;
  private final Evaluator evaluator;

  @Inject
  DrawnLog(
      Recipe recipe, Examples examples, RunFolder folder, Manifest manifest, Evaluator evaluator) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
    this.evaluator = evaluator;
  }

  /**
   * Adds a line.
   *
   * @param seconds it took to draw the samples; empty if something else was done between, or part
   *     of them was drawn before
   * @param measurements of them; possibly empty
   */
  public void add(
      int count,
      long seed,
      Generator.Drawn drawn,
      Optional<Double> seconds,
      List<Measurement> measurements) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", drawn.step());
    line.put("samples", count);
    line.put("seed", seed);
    line.put("sampler", manifest.sampler());
    if (!recipe.control().isEmpty()) {
      line.put("control", manifest.control());
    }
    if (recipe.sampling().labels() != LabelChoice.Shares.DATA) {
      line.put("labels", manifest.labels());
    }
    line.put("evaluations", drawn.evaluations());
    seconds.ifPresent(time -> line.put("seconds", time));
    ResidentMemory.peak().ifPresent(bytes -> line.put("peakMemoryBytes", bytes));
    for (Measurement m : measurements) {
      line.put(m.name(), m.value());
      m.interval().ifPresent(i -> line.put(m.name() + INTERVAL, List.of(i.low(), i.high())));
    }
    Map<String, Object> real = real(measurements, count);
    if (!real.isEmpty()) {
      line.putAll(real);
      line.put(REAL_OF, realOf());
    }
    try (MetricsLog log = MetricsLog.open(folder.metrics())) {
      log.add(line);
    } catch (UncheckedIOException e) {
      LOG.warn("{}; the samples are not logged", e.getMessage());
    }
  }

  /** What was logged of real data before is not measured again. */
  private Map<String, Object> real(List<Measurement> measurements, int count) {
    List<String> names = measurements.stream().map(m -> m.name() + REAL).toList();
    Map<String, Object> known = new LinkedHashMap<>();
    for (JsonNode line : folder.logged()) {
      boolean same =
          line.path("samples").asInt(0) == count
              && line.path(REAL_OF).asString("").equals(realOf());
      if (same && names.stream().allMatch(line::has)) {
        names.forEach(name -> known.put(name, line.get(name)));
      }
    }
    if (known.isEmpty() && !measurements.isEmpty()) {
      floor().ifPresent(real -> real.forEach(m -> known.put(m.name() + REAL, m.value())));
    }
    return known;
  }

  private String realOf() {
    String all = manifest.measuring() + examples.fingerprint() + evaluator.fingerprint();
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Measures the run's own data in place of samples: as near as samples of a perfect model come.
   *
   * @return empty if there are no data apart from these to hold them against
   */
  public Optional<List<Measurement>> floor() {
    boolean endless = examples.size().isEmpty();
    if (recipe.reference().isEmpty() && !endless) {
      return Optional.empty();
    }
    try {
      return Optional.of(evaluator.measureData(examples, recipe.sampling().count()));
    } catch (BadInput e) {
      return Optional.empty();
    }
  }
}
