package org.score4j.runner.run;

import org.score4j.engine.BatchReader;
import org.score4j.engine.TrainingProgram;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.Training;

/** One step after the other, with what is due after each: log, held-out loss, checkpoint. */
final class TrainingLoop {
  private final Recipe recipe;
  private final Training training;
  private final String recipeText;
  private final String data;
  private final TrainingProgram program;
  private final BatchReader reader;
  private final HeldOutWatch heldOut;
  private final TrainingLog log;
  private final CheckpointWriter checkpoints;

  private long step;
  private int skippedInRow;
  private LossWindow window;

  /**
   * A loop that goes on from a state.
   *
   * @param recipeText what checkpoints are to keep of the recipe
   * @param data fingerprint of the data
   */
  TrainingLoop(
      Recipe recipe,
      Training training,
      String recipeText,
      String data,
      TrainingState state,
      TrainingProgram program,
      BatchReader reader,
      HeldOutWatch heldOut,
      TrainingLog log,
      CheckpointWriter checkpoints) {
    this.recipe = recipe;
    this.training = training;
    this.recipeText = recipeText;
    this.data = data;
    this.program = program;
    this.reader = reader;
    this.heldOut = heldOut;
    this.log = log;
    this.checkpoints = checkpoints;
    step = state.step();
    skippedInRow = state.skippedInRow();
    window = LossWindow.of(state.window());
  }

  /**
   * Trains to the last step, or until interrupted, and saves.
   *
   * @return the last step done
   */
  long run(TrainingListener listener, Interruption interruption) {
    while (step < training.steps() && !interruption.requested()) {
      step++;
      checkpoints.check();
      log.beforeStep(program, reader, firstBatch(), step);
      listener.step(step, training.steps(), update(listener));
      boolean last = step == training.steps();
      if (step % training.logEvery() == 0 || last) {
        log.add(window.summary(step, learningRate()));
        window = LossWindow.of("");
      }
      if (heldOut.isDue(step)) {
        log.add(heldOut.measure(program, step));
      }
      log.afterStep(program, step);
      // Nothing new is known while updates are skipped, and it may be the end of a good run.
      if (step % training.checkpointEvery() == 0 && !last && skippedInRow == 0) {
        save();
      }
    }
    checkpoints.finish();
    if (step > checkpoints.saved()) {
      save();
      checkpoints.finish();
    }
    return step;
  }

  private long firstBatch() {
    return (step - 1) * training.accumulate() + 1;
  }

  private double learningRate() {
    return training.optimizer().learningRate() * Trainer.rate(training).factor(step);
  }

  /** The step's update, from the mean gradient of its batches; returns their mean loss. */
  private double update(TrainingListener listener) {
    double sum = 0;
    long batch = firstBatch();
    for (; batch < step * training.accumulate(); batch++) {
      BatchReader.Batch part = reader.read(batch);
      sum += program.accumulate(batch, part.data(), part.labels());
    }
    BatchReader.Batch last = reader.read(batch);
    TrainingProgram.Step done = program.step(batch, last.data(), last.labels());
    double loss = (sum + done.loss()) / training.accumulate();
    window.add(loss, done);
    skippedInRow = done.fault().isPresent() ? skippedInRow + 1 : 0;
    done.fault().ifPresent(fault -> consider(fault, listener));
    return loss;
  }

  private void consider(TrainingProgram.Fault fault, TrainingListener listener) {
    if (fault.lasting() || skippedInRow > training.skipLimit()) {
      checkpoints.finish();
      throw TrainingFailure.skipped(step, skippedInRow, fault.reason(), checkpoints.saved());
    }
    if (skippedInRow == 1) {
      listener.note("step " + step + ": " + fault.reason() + "; the update is skipped");
    }
  }

  private void save() {
    var state = new TrainingState(step, skippedInRow, window.kept());
    long examples = step * training.accumulate() * training.batchSize();
    log.force();
    checkpoints.begin(
        program.snapshot(), step, state.metadata(recipeText, recipe.seed(), data, examples));
    log.show();
  }
}
