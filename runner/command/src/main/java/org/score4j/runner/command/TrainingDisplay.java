package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import org.score4j.RunListener;
import org.score4j.TrainedStep;
import org.score4j.format.text.Numerals;
import org.score4j.runner.console.ProgressBar;
import org.score4j.runner.console.ProgressDisplay;

/** Shows training as a progress bar with a smoothed loss. */
final class TrainingDisplay implements RunListener {
  private static final double SMOOTHING = 0.98;

  private final ProgressDisplay display;
  private Optional<ProgressBar> bar = Optional.empty();
  private double smoothed = Double.NaN;

  @Inject
  TrainingDisplay(ProgressDisplay display) {
    this.display = display;
  }

  @Override
  public void started(Start start) {
    display.println(
        String.format(
            Locale.ROOT,
            "training %,d parameters%s",
            start.parameters(),
            start.done() > 0 ? ", resuming after step " + start.done() : ""));
    bar = Optional.of(display.begin("train", "step", start.done()));
  }

  @Override
  public void step(TrainedStep step) {
    double loss = step.loss();
    if (Double.isFinite(loss)) {
      smoothed = Double.isNaN(smoothed) ? loss : SMOOTHING * smoothed + (1 - SMOOTHING) * loss;
    }
    bar.ifPresent(
        shown -> {
          shown.note("loss " + Numerals.ascii(smoothed, 4));
          shown.step(step.number(), step.total());
        });
  }

  @Override
  public void note(String line) {
    display.println(line);
  }

  @Override
  public void finished(Outcome outcome) {
    close();
    if (outcome.before() >= outcome.total()) {
      display.println("already trained to step " + outcome.step());
    }
    if (!outcome.complete()) {
      display.println(
          "interrupted after step "
              + outcome.step()
              + " of "
              + outcome.total()
              + (outcome.step() > 0 ? ", which is saved" : "")
              + "; to resume, give the same command again");
    }
  }

  @Override
  public void failed() {
    close();
  }

  private void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
