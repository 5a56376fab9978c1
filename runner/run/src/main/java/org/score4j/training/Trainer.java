package org.score4j.training;

import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.score4j.RunListener;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.engine.device.Device;
import org.score4j.engine.training.Augmentation;
import org.score4j.engine.training.BatchReader;
import org.score4j.engine.training.RateCourse;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.engine.training.TrainingSettings;
import org.score4j.folder.Checkpoints;
import org.score4j.folder.Manifest;
import org.score4j.folder.RunFolder;
import org.score4j.folder.TrainingState;
import org.score4j.format.TensorFile;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;
import org.score4j.recipe.plugin.BadInput;

/** Trains the recipe's model to its last step, from where the run folder left off. */
public final class Trainer {
  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;

  @Inject
  Trainer(Recipe recipe, Examples examples, RunFolder folder, Manifest manifest) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Looks whether the folder's run can still reach the recipe's last step.
   *
   * @throws BadInput if it has gone further
   */
  public void check(Training training) {
    long done = folder.checkpoints().newestStep();
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
   * @param progress of steps; may cancel after any, and the state is saved then
   * @throws TrainingFailure if loss or gradient stay without a finite value, or the disk refuses
   */
  public RunListener.Outcome run(Training training, RunListener listener, Progress progress) {
    Checkpoints checkpoints = folder.checkpoints();
    Optional<TensorFile> checkpoint = folder.newestCheckpoint(listener::note);
    TrainingState state = checkpoint.map(TrainingState::of).orElseGet(TrainingState::start);
    long done = state.step();
    if (done >= training.steps()) {
      return finished(listener, new RunListener.Outcome(done, done, done));
    }
    checkpoints.setAsideAfter(done);
    var writer =
        new CheckpointWriter(
            checkpoints,
            recipe.checkpoints().keepLast(),
            recipe.checkpoints().keepEvery(),
            done,
            listener::checkpoint);
    long step;
    try (writer;
        HeldOutWatch heldOut = new HeldOutWatch(training, examples);
        BatchReader reader =
            new BatchReader(
                heldOut.trained(),
                training.batchSize(),
                recipe.seed(),
                BatchReader.usualThreads());
        TrainingProgram program = compile(training)) {
      checkpoint.ifPresent(program::load);
      listener.started(
          new RunListener.Start(
              folder.path(), recipe, done, training.steps(), program.parameterCount()));
      step =
          new TrainingLoop(
                  recipe,
                  training,
                  manifest.recipeText(),
                  examples.fingerprint(),
                  state,
                  program,
                  reader,
                  heldOut,
                  listener,
                  writer)
              .run(progress);
    } catch (UncheckedIOException e) {
      listener.failed();
      throw TrainingFailure.disk(e.getMessage(), writer.saved());
    } catch (RuntimeException e) {
      listener.failed();
      throw e;
    }
    return finished(listener, new RunListener.Outcome(done, step, training.steps()));
  }

  private static RunListener.Outcome finished(RunListener listener, RunListener.Outcome outcome) {
    listener.finished(outcome);
    return outcome;
  }

  /** The course of the learning rate. */
  static RateCourse rate(Training training) {
    return new RateCourse(training.warmup(), training.schedule(), training.steps());
  }

  /** The recipe's training step, its parameters as they start. */
  public TrainingProgram compile(Training training) {
    var settings =
        new TrainingSettings(
            training.batchSize(),
            training.accumulate(),
            rate(training),
            training.gradientClip(),
            training.averaging().decays(),
            training.labelDropout(),
            new Augmentation(training.augmentation().flip(), training.augmentation().dequantize()),
            recipe.compute().precision(),
            training.heldOut().isPresent(),
            new Device(recipe.compute().device()),
            recipe.compute().threads(),
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
}
