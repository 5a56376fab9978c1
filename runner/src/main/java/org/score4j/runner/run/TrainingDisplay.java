package org.score4j.runner.run;

import java.util.Locale;
import java.util.Optional;
import org.score4j.runner.console.ProgressBar;
import org.score4j.runner.console.ProgressDisplay;

/** Shows training as a progress bar with a smoothed loss. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private static final double SMOOTHING = 0.98;

  private final ProgressDisplay display;
  private Optional<ProgressBar> bar = Optional.empty();
  private double smoothed = Double.NaN;

  TrainingDisplay(ProgressDisplay display) {
    this.display = display;
  }

  @Override
  public void started(long done, long total, long parameters) {
    display.println(
        String.format(
            Locale.ROOT,
            "training %,d parameters%s",
            parameters,
            done > 0 ? ", going on after step " + done : ""));
    bar = Optional.of(display.begin("train", "step", done));
  }

  @Override
  public void step(long step, long total, double loss) {
    if (Double.isFinite(loss)) {
      smoothed = Double.isNaN(smoothed) ? loss : SMOOTHING * smoothed + (1 - SMOOTHING) * loss;
    }
    bar.ifPresent(
        shown -> {
          shown.note(String.format(Locale.ROOT, "loss %.4g", smoothed));
          shown.step(step, total);
        });
  }

  @Override
  public void note(String line) {
    display.println(line);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
