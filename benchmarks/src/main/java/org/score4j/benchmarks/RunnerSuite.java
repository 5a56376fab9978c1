package org.score4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Precision;
import org.score4j.benchmarks.Figure.Goal;
import org.score4j.benchmarks.Work.Kind;

/** What a user waits for. */
final class RunnerSuite implements Suite {
  /** Steps of the sampler of {@code examples/ncsn.json}, and those that are timed of them. */
  private static final int NCSN_STEPS = 160;

  private static final int NCSN_TIMED = 8;

  @Override
  public String name() {
    return "runner";
  }

  @Override
  public void run(Lab lab) {
    startUp(lab);
    ncsn(lab);
    samplerOverhead(lab);
    checkpoint(lab);
    points(lab);
  }

  /** From the launch of a process to the line that tells of its first training step. */
  private void startUp(Lab lab) {
    double[] seconds = new double[lab.quick() ? 2 : 7];
    RunnerProcess.run(lab, "--version");
    for (int i = -1; i < seconds.length; i++) {
      Path output = lab.work().resolve("start-up-" + System.nanoTime());
      double taken =
          RunnerProcess.run(
                  lab,
                  "train",
                  "--recipe",
                  lab.recipe("small").toString(),
                  "--set",
                  "training.steps=1",
                  "--set",
                  "compute.threads=" + lab.threads(),
                  "--output",
                  output.toString())
              .seconds();
      if (i >= 0) {
        seconds[i] = taken;
      }
    }
    lab.add(
        name(),
        "small: launch to the end of the first training step, its checkpoint included",
        Estimate.of(seconds),
        "s",
        Optional.of(Goal.atMost(8)),
        "");
  }

  private void ncsn(Lab lab) {
    Path recipe =
        Recipes.variant(
            lab.root().resolve("examples/ncsn.json"),
            lab.work(),
            "ncsn",
            "sampler.steps=" + NCSN_TIMED);
    OurTraining.writeOurs(Subject.of(recipe), lab.work());
    for (var kind : List.of(Kind.OUR_STEP, Kind.OUR_SAMPLE)) {
      boolean training = kind == Kind.OUR_STEP;
      int batch = training ? 32 : 100;
      double[] seconds =
          alone(
              lab,
              new Work(kind, recipe, batch, Precision.BFLOAT16, lab.work(), lab.threads()),
              lab.rounds());
      Estimate rate = perSecond(seconds, batch);
      lab.add(
          name(),
          "examples/ncsn.json: " + (training ? "training" : "samples"),
          training ? rate : rate.times((double) NCSN_TIMED / NCSN_STEPS),
          "images/s",
          Optional.empty(),
          training
              ? ""
              : String.format(Locale.ROOT, "from %d of its %d steps", NCSN_TIMED, NCSN_STEPS));
    }
  }

  /** What a step of a sampler takes beside the network: against as many bare evaluations. */
  private void samplerOverhead(Lab lab) {
    Subject subject = Subject.of(lab.recipe("small"));
    Path folder = Networks.prepare(lab, subject);
    Work draw =
        new Work(Kind.OUR_SAMPLE, lab.recipe("small"), 8, Precision.FLOAT32, folder, lab.threads());
    Work bare =
        new Work(
            Kind.OUR_FORWARD, lab.recipe("small"), 8, Precision.FLOAT32, folder, lab.threads());
    try (var workers = new Alternation().with("draw", draw).with("bare", bare)) {
      Map<String, double[]> seconds = workers.measure(lab.warmUp(), lab.rounds());
      int evaluations = 50;
      double perStep = Estimate.of(seconds.get("draw")).median() / evaluations;
      lab.add(
          name(),
          "small, batch 8: a step of euler-maruyama / an evaluation",
          Estimate.ratio(seconds.get("draw"), seconds.get("bare")).times(1.0 / evaluations),
          "",
          Optional.empty(),
          Numbers.shown(perStep) + " s");
    }
    double[] points =
        alone(
            lab,
            new Work(
                Kind.OUR_SAMPLE,
                lab.recipe("points"),
                1,
                Precision.FLOAT32,
                Networks.prepare(lab, Subject.of(lab.recipe("points"))),
                lab.threads()),
            lab.rounds());
    lab.add(
        name(),
        "points, batch 1: a step of euler-maruyama",
        Estimate.of(points).times(1e6 / 1000),
        "us",
        Optional.empty(),
        "");
  }

  private void checkpoint(Lab lab) {
    Subject subject = Subject.of(lab.recipe("cifar10"));
    Path folder = Networks.prepare(lab, subject);
    double[] seconds =
        alone(
            lab,
            new Work(
                Kind.OUR_CHECKPOINT, subject.file(), 1, Precision.FLOAT32, folder, lab.threads()),
            lab.quick() ? 2 : 7);
    long bytes;
    try {
      bytes = Files.size(folder.resolve("checkpoint.safetensors"));
      Files.delete(folder.resolve("checkpoint.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lab.add(
        name(),
        "cifar10: checkpoint, synced to the disk",
        Estimate.of(seconds),
        "s",
        Optional.empty(),
        String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000));
  }

  private void points(Lab lab) {
    double[] seconds =
        alone(
            lab,
            new Work(
                Kind.OUR_STEP,
                lab.recipe("points"),
                512,
                Precision.FLOAT32,
                lab.work(),
                lab.threads()),
            lab.rounds());
    lab.add(
        name(),
        "points, batch 512: training",
        perSecond(seconds, 1),
        "steps/s",
        Optional.empty(),
        "");
  }

  private static double[] alone(Lab lab, Work work, int rounds) {
    try (var workers = new Alternation().with("alone", work)) {
      return workers
          .measure(work.kind() == Kind.OUR_SAMPLE ? 1 : lab.warmUp(), rounds)
          .get("alone");
    }
  }

  private static Estimate perSecond(double[] seconds, int each) {
    double[] rates = new double[seconds.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = each / seconds[i];
    }
    return Estimate.of(rates);
  }
}
