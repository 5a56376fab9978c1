package org.score4j.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.folder.ResidentMemory;

/** Means since the last line of the log. A checkpoint keeps it, so that no line has a gap. */
final class LossWindow {
  private double loss;
  private double gradientNorm;
  private long updates;
  private long skipped;
  private final Pace pace = new Pace();

  /** Time and steps of this process. */
  private static final class Pace {
    private long steps;
    private long start = System.nanoTime();
  }

  /** Continues the window that a checkpoint kept; empty text is an empty window. */
  static LossWindow of(String kept) {
    var window = new LossWindow();
    if (!kept.isEmpty()) {
      String[] parts = kept.split(" ");
      window.loss = Double.parseDouble(parts[0]);
      window.gradientNorm = Double.parseDouble(parts[1]);
      window.updates = Long.parseLong(parts[2]);
      window.skipped = Long.parseLong(parts[3]);
    }
    return window;
  }

  /** What a checkpoint keeps. */
  String kept() {
    return String.join(
        " ",
        Double.toString(loss),
        Double.toString(gradientNorm),
        Long.toString(updates),
        Long.toString(skipped));
  }

  /** Adds a step; one without an update is only counted, as its numbers are none. */
  void add(double meanLoss, TrainingProgram.Step step) {
    pace.steps++;
    if (step.fault().isPresent()) {
      skipped++;
      return;
    }
    loss += meanLoss;
    gradientNorm += step.gradientNorm();
    updates++;
  }

  /** The line of the log; without loss if there was no update. */
  Map<String, Object> summary(long step, double learningRate) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    if (updates > 0) {
      line.put("loss", loss / updates);
      line.put("gradientNorm", gradientNorm / updates);
    }
    line.put("learningRate", learningRate);
    if (skipped > 0) {
      line.put("skipped", skipped);
    }
    line.put("stepsPerSecond", pace.steps / ((System.nanoTime() - pace.start) / 1e9));
    ResidentMemory.peak().ifPresent(bytes -> line.put("peakMemoryBytes", bytes));
    return line;
  }
}
