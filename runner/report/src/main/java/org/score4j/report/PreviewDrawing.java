package org.score4j.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.score4j.TrainedStep;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.examples.Units;
import org.score4j.format.TensorFile;
import org.score4j.label.SampleLabels;
import org.score4j.sampling.Generator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws previews while a model is trained, by a program of its own, so that no bit of the training
 * depends on them. It is compiled when it is first needed and kept, as compiling takes longer than
 * drawing.
 */
final class PreviewDrawing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PreviewDrawing.class);

  private final PreviewPlan plan;
  private final long seed;
  private final Examples examples;
  private final Generator generator;
  private final SampleLabels labels;
  private final LongFunction<Path> file;
  private Optional<SamplingProgram> program = Optional.empty();

  /**
   * Nothing is compiled yet.
   *
   * @param generator which draws as many samples as are planned
   * @param labels of the samples
   * @param file where those of a step go
   */
  PreviewDrawing(
      PreviewPlan plan,
      long seed,
      Examples examples,
      Generator generator,
      SampleLabels labels,
      LongFunction<Path> file) {
    this.plan = plan;
    this.seed = seed;
    this.examples = examples;
    this.generator = generator;
    this.labels = labels;
    this.file = file;
  }

  /** Draws and keeps samples if it is time to. */
  void look(TrainedStep training) {
    long step = training.number();
    if (!plan.isDue(step)) {
      return;
    }
    try (Snapshot snapshot = training.snapshot()) {
      SamplingProgram drawing = program.orElseGet(() -> generator.compile(plan.samples()));
      program = Optional.of(drawing);
      drawing.load(snapshot, generator.prefix());
      keep(Units.of(examples).ofData(drawing.draw(seed, 0, labels.of(seed), Progress.NONE)), step);
    }
  }

  private void keep(float[] samples, long step) {
    Path path = file.apply(step);
    var writer =
        new TensorFile.Writer(
            path, Map.of("step", Long.toString(step), "sampler", Previews.SAMPLER));
    writer.add(Previews.TENSOR, examples.shape().prepend(plan.samples()), () -> samples);
    try {
      writer.write();
    } catch (UncheckedIOException e) {
      LOG.warn("{}; training continues without this preview", e.getMessage());
    }
  }

  @Override
  public void close() {
    program.ifPresent(SamplingProgram::close);
  }
}
