package org.score4j.runner.run;

import java.util.Map;
import java.util.Optional;
import org.score4j.engine.BatchReader;
import org.score4j.engine.TrainingProgram;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.Training;

/** What training tells of itself: {@code metrics.jsonl}, and TensorBoard's file if it is wanted. */
final class TrainingLog implements AutoCloseable {
  private final MetricsLog metrics;
  private final Optional<TensorBoardLog> tensorBoard;

  /** Opens both to go on after a step; what they hold of later ones is dropped. */
  TrainingLog(Recipe recipe, Training training, RunFolder folder, Preview preview, long step) {
    metrics = MetricsLog.continueAfter(folder.metrics(), step);
    tensorBoard =
        training
            .tensorBoard()
            .map(
                wanted ->
                    new TensorBoardLog(
                        wanted, EventFile.continueAfter(folder.events(), step), preview));
  }

  /** Looks at gradients before the step changes the parameters. */
  void beforeStep(TrainingProgram program, BatchReader reader, long batch, long step) {
    tensorBoard.ifPresent(board -> board.gradients(program, reader, batch, step));
  }

  /** Adds a line; numbers in it become curves. */
  void add(Map<String, Object> line) {
    metrics.add(line);
    tensorBoard.ifPresent(board -> board.scalars(line));
  }

  /** Looks at parameters and samples if it is time to. */
  void afterStep(TrainingProgram program, long step) {
    tensorBoard.ifPresent(board -> board.look(program, step));
  }

  /** Returns once everything is on the disk. */
  void force() {
    metrics.force();
    tensorBoard.ifPresent(TensorBoardLog::force);
  }

  @Override
  public void close() {
    tensorBoard.ifPresent(TensorBoardLog::close);
    metrics.close();
  }
}
