package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.engine.Augmentation;
import org.score4j.engine.BatchReader;
import org.score4j.engine.TensorFile;
import org.score4j.engine.TensorFileException;
import org.score4j.engine.TrainingProgram;
import org.score4j.engine.TrainingSettings;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.Training;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the recipe's model to its last step, from where the run folder left off. */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final int CHECKPOINTS_KEPT = 2;
  static final String STEP = "step";
  static final String RECIPE = "recipe";

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;
  private final Interruption interruption;

  @Inject
  Trainer(
      Recipe recipe,
      Examples examples,
      RunFolder folder,
      Manifest manifest,
      Interruption interruption) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
    this.interruption = interruption;
  }

  /**
   * How it ended.
   *
   * @param before steps that had been done before
   * @param step the last step done
   * @param complete whether that is the recipe's last; if not, the work was interrupted
   */
  public record Outcome(long before, long step, boolean complete) {}

  /**
   * Looks whether the folder's run can still reach the recipe's last step.
   *
   * @throws BadInput if it has gone further
   */
  void check(Training training) {
    long done = folder.newestCheckpoint().map(TensorFile::open).map(Trainer::stepOf).orElse(0L);
    if (done > training.steps()) {
      throw new BadInput(
          folder.path()
              + ": holds a run trained to step "
              + done
              + ", further than training.steps = "
              + training.steps()
              + "; choose another --output, or at least as many steps");
    }
  }

  /**
   * Trains. A run that was interrupted, or killed, and is started again gives the same bits as one
   * that never stopped.
   *
   * @param training the recipe's training
   * @throws TrainingFailure if the loss is no longer a number
   */
  public Outcome run(Training training, TrainingListener listener) {
    long total = training.steps();
    Optional<TensorFile> checkpoint = folder.newestCheckpoint().map(TensorFile::open);
    long done = checkpoint.map(Trainer::stepOf).orElse(0L);
    if (done >= total) {
      return new Outcome(done, done, true);
    }
    try (TrainingProgram program = compile(training);
        BatchReader reader =
            new BatchReader(
                examples, training.batchSize(), recipe.seed(), BatchReader.usualThreads());
        MetricsLog log = MetricsLog.continueAfter(folder.metrics(), done)) {
      checkpoint.ifPresent(program::load);
      listener.started(done, total, program.parameterCount());
      return train(training, program, reader, log, done, listener);
    }
  }

  /** The recipe's training step, its parameters as they start. */
  TrainingProgram compile(Training training) {
    var settings =
        new TrainingSettings(
            training.batchSize(),
            training.warmup(),
            training.gradientClip(),
            training.ema(),
            training.labelDropout(),
            new Augmentation(training.flip(), training.dequantize()),
            training.precision(),
            recipe.seed());
    if (recipe.classifier().isPresent()) {
      return new TrainingProgram(
          recipe.sde(),
          recipe.classifier().get(),
          recipe.loss(),
          training.optimizer(),
          settings,
          examples.shape(),
          examples.pixels(),
          examples.classes());
    }
    return new TrainingProgram(
        recipe.sde(),
        recipe.model().orElseThrow(),
        recipe.loss(),
        training.optimizer(),
        settings,
        examples.shape(),
        examples.pixels(),
        examples.classes());
  }

  private Outcome train(
      Training training,
      TrainingProgram program,
      BatchReader reader,
      MetricsLog log,
      long done,
      TrainingListener listener) {
    long total = training.steps();
    var window = new LossWindow();
    long saved = done;
    long step = done;
    while (step < total && !interruption.requested()) {
      step++;
      BatchReader.Batch batch = reader.read(step);
      var result = program.step(step, batch.data(), batch.labels());
      if (!Double.isFinite(result.loss())) {
        throw new TrainingFailure(step, result.loss(), saved);
      }
      window.add(result);
      listener.step(step, total, result.loss());
      if (step % training.logEvery() == 0 || step == total) {
        log.add(window.summary(step, training.optimizer().learningRate()));
        window.clear();
      }
      if (step % training.checkpointEvery() == 0 && step < total) {
        save(program, step);
        saved = step;
      }
    }
    if (step > saved) {
      save(program, step);
    }
    return new Outcome(done, step, step == total);
  }

  private void save(TrainingProgram program, long step) {
    var file = folder.checkpoint(step);
    program.save(file, Map.of(STEP, Long.toString(step), RECIPE, manifest.recipeText()));
    folder.keepNewest(CHECKPOINTS_KEPT);
    LOG.debug("saved {}", file);
  }

  /** The step at which a checkpoint was made. */
  static long stepOf(TensorFile checkpoint) {
    String step = checkpoint.metadata().getOrDefault(STEP, "");
    if (!step.matches("\\d{1,18}")) {
      throw new TensorFileException(
          checkpoint.path(), "does not say at which step it was made: no checkpoint of a run");
    }
    return Long.parseLong(step);
  }

  /** Means since the last line of the log. */
  private static final class LossWindow {
    private double loss;
    private double gradientNorm;
    private long count;
    private long start = System.nanoTime();

    void add(TrainingProgram.Step step) {
      loss += step.loss();
      gradientNorm += step.gradientNorm();
      count++;
    }

    Map<String, Object> summary(long step, double learningRate) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put(STEP, step);
      line.put("loss", loss / count);
      line.put("gradientNorm", gradientNorm / count);
      line.put("learningRate", learningRate);
      line.put("stepsPerSecond", count / ((System.nanoTime() - start) / 1e9));
      return line;
    }

    void clear() {
      loss = 0;
      gradientNorm = 0;
      count = 0;
      start = System.nanoTime();
    }
  }
}
