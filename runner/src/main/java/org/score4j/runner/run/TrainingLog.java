package org.score4j.runner.run;

import java.util.Map;
import java.util.Optional;
import org.score4j.engine.BatchReader;
import org.score4j.engine.TrainingProgram;
import org.score4j.runner.recipe.Training;

/** What training tells of itself: {@code metrics.jsonl}, previews, the page, TensorBoard's file. */
final class TrainingLog implements AutoCloseable {
  private final MetricsLog metrics;
  private final Optional<TensorBoardLog> tensorBoard;
  private final Optional<PreviewDrawing> previews;
  private final Report report;

  /** Opens the files to go on after a step; what they hold of later ones is dropped. */
  TrainingLog(
      Training training,
      RunFolder folder,
      Preview preview,
      Previews previews,
      Report report,
      long step) {
    this.previews = previews.begin(training);
    this.report = report;
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
    previews.ifPresent(drawing -> drawing.look(program, step));
  }

  /** Shows on the run's page how far training has come, if it has not been shown for a while. */
  void show() {
    report.refresh();
  }

  /** Returns once everything is on the disk. */
  void force() {
    metrics.force();
    tensorBoard.ifPresent(TensorBoardLog::force);
  }

  @Override
  public void close() {
    previews.ifPresent(PreviewDrawing::close);
    tensorBoard.ifPresent(TensorBoardLog::close);
    metrics.close();
  }
}
