package org.score4j.training;

import java.util.Map;
import java.util.concurrent.CancellationException;
import org.score4j.RunListener;
import org.score4j.TrainedStep;
import org.score4j.api.Progress;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.training.BatchReader;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.folder.TrainingState;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;

/** One step after the other, with what is due after each: logged values, checkpoint. */
final class TrainingLoop {
  private final Recipe recipe;
  private final Training training;
  private final String recipeText;
  private final String data;
  private final TrainingProgram program;
  private final BatchReader reader;
  private final HeldOutWatch heldOut;
  private final RunListener listener;
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
      RunListener listener,
      CheckpointWriter checkpoints) {
    this.recipe = recipe;
    this.training = training;
    this.recipeText = recipeText;
    this.data = data;
    this.program = program;
    this.reader = reader;
    this.heldOut = heldOut;
    this.listener = listener;
    this.checkpoints = checkpoints;
    step = state.step();
    skippedInRow = state.skippedInRow();
    window = LossWindow.of(state.window());
  }

  /**
   * Trains to the last step, or until cancelled, and saves.
   *
   * @param progress of steps, which may cancel after each
   * @return the last step done
   */
  long run(Progress progress) {
    boolean cancelled = false;
    while (step < training.steps() && !cancelled) {
      step++;
      checkpoints.check();
      listener.updating(step, this::gradients);
      double loss = update();
      boolean last = step == training.steps();
      if (step % recipe.logging().every() == 0 || last) {
        listener.logged(step, window.summary(step, learningRate()));
        window = LossWindow.of("");
      }
      if (heldOut.isDue(step)) {
        listener.logged(step, heldOut.measure(program, step));
      }
      listener.step(new Trained(step, training.steps(), loss, program));
      // Nothing new is known while updates are skipped, and it may be the end of a good run.
      if (step % recipe.checkpoints().every() == 0 && !last && skippedInRow == 0) {
        save();
      }
      cancelled = !last && isCancelled(progress);
    }
    checkpoints.finish();
    if (step > checkpoints.saved()) {
      save();
      checkpoints.finish();
    }
    return step;
  }

  private record Trained(long number, long total, double loss, TrainingProgram program)
      implements TrainedStep {
    @Override
    public Snapshot snapshot() {
      return program.snapshot();
    }
  }

  private boolean isCancelled(Progress progress) {
    try {
      progress.step(step, training.steps());
      return false;
    } catch (CancellationException e) {
      return true;
    }
  }

  private Map<String, float[]> gradients() {
    BatchReader.Batch first = reader.read(firstBatch());
    return program.gradients(firstBatch(), first.data(), first.labels());
  }

  private long firstBatch() {
    return (step - 1) * training.accumulate() + 1;
  }

  private double learningRate() {
    return training.optimizer().learningRate() * Trainer.rate(training).factor(step);
  }

  /** The step's update, from the mean gradient of its batches; returns their mean loss. */
  private double update() {
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
    done.fault().ifPresent(fault -> consider(fault));
    return loss;
  }

  private void consider(TrainingProgram.Fault fault) {
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
    listener.saving(step);
    checkpoints.begin(
        program.snapshot(), step, state.metadata(recipeText, recipe.seed(), data, examples));
  }
}
