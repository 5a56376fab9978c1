package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Precision;
import org.score4j.benchmarks.Figure.Goal;
import org.score4j.benchmarks.Work.Kind;

/**
 * The same networks in libtorch: outputs and gradients are compared, then evaluation and training
 * steps are timed.
 */
final class LibtorchSuite implements Suite {
  private static final String LIBTORCH = "libtorch";
  private static final String FLOAT32 = "score4j float32";
  private static final String BFLOAT16 = "score4j bfloat16";
  private static final String FORWARD = ", forward";

  private static final double FORWARD_TOLERANCE = 1e-4;
  private static final double GRADIENT_TOLERANCE = 2e-3;
  private static final double BFLOAT16_TOLERANCE = 0.1;

  @Override
  public String name() {
    return LIBTORCH;
  }

  @Override
  public void run(Lab lab) {
    compare(lab, "cifar10", 8, true);
    compare(lab, "small", 8, true);
    compare(lab, "small", 64, true);
    compare(lab, "points", 512, false);
  }

  private void compare(Lab lab, String recipe, int batch, boolean bfloat16) {
    Subject subject = Subject.of(lab.recipe(recipe));
    Path folder = Networks.prepare(lab, subject);
    String what = recipe + ", batch " + batch + ": ";
    var make = new Maker(lab, lab.recipe(recipe), batch, folder);
    checkGradients(lab, make, what);
    Map<String, double[]> forward;
    try (var workers = make.workers(Kind.OUR_FORWARD, Kind.TORCH_FORWARD, bfloat16)) {
      workers.measure(1, 0);
      check(lab, folder, workers, FLOAT32, FORWARD_TOLERANCE, what + "difference of outputs");
      if (bfloat16) {
        check(lab, folder, workers, BFLOAT16, BFLOAT16_TOLERANCE, what + "the same in bfloat16");
      }
      forward = workers.measure(lab.warmUp(), lab.rounds());
    }
    ratios(lab, what + "forward", forward, bfloat16 ? 1.2 : 0, 2.0);
    try (var workers = make.workers(Kind.OUR_STEP, Kind.TORCH_STEP, bfloat16)) {
      make.addForward(workers, bfloat16);
      var step = workers.measure(lab.warmUp(), lab.rounds());
      ratios(lab, what + "training step", step, 1.5, 2.3);
      for (String name : bfloat16 ? List.of(FLOAT32, BFLOAT16) : List.of(FLOAT32)) {
        memory(lab, what, workers, name);
        lab.add(
            name(),
            what + "training step / forward, " + name,
            Estimate.ratio(step.get(name), step.get(name + FORWARD)),
            "",
            bfloat16 ? Optional.of(Goal.atMost(3.1)) : Optional.empty(),
            "");
      }
    }
  }

  private void memory(Lab lab, String what, Alternation workers, String name) {
    double ours = workers.worker(name).peakBytes();
    double theirs = workers.worker(LIBTORCH).peakBytes();
    lab.add(
        name(),
        what + "peak memory of training, " + name + " / libtorch",
        Estimate.once(ours / theirs),
        "",
        Optional.of(Goal.atMost(1)),
        String.format(Locale.ROOT, "%,.0f and %,.0f MB", ours / 1e6, theirs / 1e6));
  }

  private void ratios(
      Lab lab, String what, Map<String, double[]> seconds, double float32, double bfloat16) {
    ratio(lab, what, seconds, FLOAT32, float32);
    if (seconds.containsKey(BFLOAT16)) {
      ratio(lab, what, seconds, BFLOAT16, bfloat16);
    }
  }

  private void ratio(
      Lab lab, String what, Map<String, double[]> seconds, String name, double goal) {
    lab.add(
        name(),
        what + ", " + name,
        Estimate.ratio(seconds.get(LIBTORCH), seconds.get(name)),
        "x",
        goal > 0 ? Optional.of(Goal.atLeast(goal)) : Optional.empty(),
        "%s and %s s"
            .formatted(
                Numbers.shown(Estimate.of(seconds.get(LIBTORCH)).median()),
                Numbers.shown(Estimate.of(seconds.get(name)).median())));
  }

  private void checkGradients(Lab lab, Maker make, String what) {
    try (var workers = make.workers(Kind.OUR_GRADIENTS, Kind.TORCH_GRADIENTS, false)) {
      workers.measure(1, 0);
      check(
          lab,
          make.folder(),
          workers,
          FLOAT32,
          GRADIENT_TOLERANCE,
          what + "difference of gradients");
    }
  }

  private void check(
      Lab lab, Path folder, Alternation workers, String name, double tolerance, String what) {
    double difference =
        Agreement.difference(folder, workers.worker(LIBTORCH), workers.worker(name));
    lab.add(
        name(),
        what,
        Estimate.once(difference),
        "",
        Optional.of(Goal.atMost(tolerance)),
        "relative to the largest");
    if (!(difference <= tolerance)) {
      throw new IllegalStateException(
          what + " is " + difference + "; what is not the same is not timed");
    }
  }

  /** Starts workers for one network. */
  private record Maker(Lab lab, Path recipe, int batch, Path folder) {
    Alternation workers(Kind ours, Kind theirs, boolean bfloat16) {
      var workers =
          new Alternation()
              .with(LIBTORCH, work(theirs, Precision.FLOAT32))
              .with(FLOAT32, work(ours, Precision.FLOAT32));
      return bfloat16 ? workers.with(BFLOAT16, work(ours, Precision.BFLOAT16)) : workers;
    }

    void addForward(Alternation workers, boolean bfloat16) {
      workers.with(FLOAT32 + FORWARD, work(Kind.OUR_FORWARD, Precision.FLOAT32));
      if (bfloat16) {
        workers.with(BFLOAT16 + FORWARD, work(Kind.OUR_FORWARD, Precision.BFLOAT16));
      }
    }

    private Work work(Kind kind, Precision precision) {
      return new Work(kind, recipe, batch, precision, folder, lab.threads());
    }
  }
}
