package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.runner.report.ImageGrid;
import org.score4j.runner.report.LossCurve;
import org.score4j.runner.report.ScatterPlot;
import tools.jackson.databind.JsonNode;

/** Draws what a run has to show. */
public final class Pictures {
  private final Examples examples;
  private final Evaluator evaluator;
  private final RunFolder folder;

  @Inject
  Pictures(Examples examples, Evaluator evaluator, RunFolder folder) {
    this.examples = examples;
    this.evaluator = evaluator;
    this.folder = folder;
  }

  /**
   * Draws images as a grid, and points of the plane beside as many data.
   *
   * @return the file; empty if there is no picture of such data
   */
  Optional<Path> samples(Generator.Samples samples, Path file) {
    long[] shape = examples.shape().asArray();
    try {
      if (shape.length == 3 && (shape[2] == 1 || shape[2] == 3)) {
        PixelRange range = examples.pixels().orElse(PixelRange.UNIT);
        new ImageGrid((int) shape[0], (int) shape[1], (int) shape[2], range)
            .write(samples.values(), file);
        return Optional.of(file);
      }
      if (shape.length == 1 && shape[0] == 2) {
        new ScatterPlot(evaluator.real(samples.count()), samples.values()).write(file);
        return Optional.of(file);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Draws the loss of the run so far, if any has been logged. */
  void lossCurve() {
    List<Long> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (JsonNode line : MetricsLog.read(folder.metrics())) {
      if (line.has("loss")) {
        steps.add(line.get("step").asLong());
        losses.add(line.get("loss").asDouble());
      }
    }
    if (steps.isEmpty()) {
      return;
    }
    Path file = folder.path().resolve("loss.png");
    try {
      new LossCurve(
              steps.stream().mapToLong(Long::longValue).toArray(),
              losses.stream().mapToDouble(Double::doubleValue).toArray())
          .write("training loss", file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
