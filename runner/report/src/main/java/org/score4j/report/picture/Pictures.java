package org.score4j.report.picture;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.DrawnSamples;
import org.score4j.RunListener;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.evaluation.Evaluator;
import org.score4j.folder.RunFolder;
import org.score4j.format.TensorFile;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.chart.LossCurve;
import org.score4j.report.image.ImageGrid;
import org.score4j.sampling.SampleFile;
import org.score4j.sampling.ShownRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Draws what a run has to show. */
public final class Pictures implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

  private final Examples examples;
  private final Evaluator evaluator;
  private final RunFolder folder;

  @Inject
  Pictures(Examples examples, Evaluator evaluator, RunFolder folder) {
    this.examples = examples;
    this.evaluator = evaluator;
    this.folder = folder;
  }

  @Override
  public void finished(Outcome outcome) {
    if (outcome.complete()) {
      lossCurve();
    }
  }

  @Override
  public void sampled(DrawnSamples drawn) {
    Path picture = SamplePicture.of(drawn.file());
    deleteIfPossible(picture);
    samples(first(drawn), picture);
  }

  private static void deleteIfPossible(Path picture) {
    try {
      Files.deleteIfExists(picture);
    } catch (IOException e) {
      LOG.debug("{} is drawn over", picture);
    }
  }

  private static float[] first(DrawnSamples drawn) {
    var file = TensorFile.open(drawn.file());
    long count = SamplePicture.shown(drawn) * drawn.shape().size();
    double[] numbers = file.numbers(SampleFile.TENSOR, 0, Math.toIntExact(count));
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return values;
  }

  /**
   * Draws images as a grid, and points of the plane beside as many data.
   *
   * @param samples row-major, in the units of the data
   * @return the file; empty if there is no picture of such data, or none could be drawn
   */
  Optional<Path> samples(float[] samples, Path file) {
    long[] shape = examples.shape().asArray();
    if (shape.length == 3 && (shape[2] == 1 || shape[2] == 3)) {
      PixelRange range = ShownRange.of(examples);
      var grid = new ImageGrid((int) shape[0], (int) shape[1], (int) shape[2], range);
      return drawn(file, () -> grid.write(samples, file));
    }
    if (shape.length == 1 && shape[0] == 2) {
      float[] real = real(samples.length / 2);
      return drawn(file, () -> new ScatterPlot(real, samples).write(file));
    }
    return Optional.empty();
  }

  /** Data beside samples; none if they are missing. */
  private float[] real(int count) {
    try {
      return evaluator.real(count);
    } catch (BadInput missing) {
      return new float[0];
    }
  }

  /** Draws the loss of the run so far, if any has been logged. */
  private void lossCurve() {
    List<JsonNode> lines = folder.logged().stream().filter(line -> line.has("loss")).toList();
    if (lines.isEmpty()) {
      return;
    }
    long[] steps = lines.stream().mapToLong(line -> line.path("step").asLong(0)).toArray();
    double[] losses =
        lines.stream().mapToDouble(line -> line.path("loss").asDouble(Double.NaN)).toArray();
    Path file = folder.path().resolve("loss.png");
    drawn(file, () -> new LossPicture(new LossCurve(steps, losses)).write(file));
  }

  private interface Drawing {
    void draw() throws IOException;
  }

  /** A run is worth more than its pictures: a machine without fonts, say, must not end it. */
  private static Optional<Path> drawn(Path file, Drawing drawing) {
    try {
      drawing.draw();
      return Optional.of(file);
    } catch (UncheckedIOException e) {
      LOG.warn("{} could not be drawn: {}", file, Unmade.why(e.getCause()));
      return Optional.empty();
    } catch (IOException | RuntimeException | InternalError | LinkageError e) {
      LOG.warn("{} could not be drawn: {}", file, Unmade.why(e));
      return Optional.empty();
    }
  }
}
