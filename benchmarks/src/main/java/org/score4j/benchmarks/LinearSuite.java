package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Precision;
import org.score4j.benchmarks.Figure.Goal;
import org.score4j.benchmarks.Work.Kind;

/** Costs that are to grow no faster than what they are for. */
final class LinearSuite implements Suite {
  private static final double LINEAR = 1.1;

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public void run(Lab lab) {
    batches(lab);
    pixels(lab);
    samples(lab);
    plugins(lab);
  }

  private void batches(Lab lab) {
    Path folder = Networks.prepare(lab, Subject.of(lab.recipe("small")));
    Growth forward = new Growth();
    Growth step = new Growth();
    for (int batch : lab.quick() ? new int[] {8, 16} : new int[] {8, 16, 32, 64, 128}) {
      forward.add(batch, time(lab, Kind.OUR_FORWARD, lab.recipe("small"), batch, folder));
      step.add(batch, time(lab, Kind.OUR_STEP, lab.recipe("small"), batch, folder));
    }
    power(lab, "batch size: forward", forward);
    power(lab, "batch size: training step", step);
    Growth.plot(
        lab,
        "batch",
        "examples in a batch",
        "milliseconds",
        Map.of("forward", forward, "training step", step));
  }

  /** The network without the attention that grows with the square of the pixels. */
  private void pixels(Lab lab) {
    Growth forward = new Growth();
    Growth step = new Growth();
    for (int height : lab.quick() ? new int[] {28, 32} : new int[] {28, 32, 40, 48, 56, 64}) {
      Path recipe =
          Recipes.variant(
              lab.recipe("small"),
              lab.work(),
              "pixels-" + height,
              String.format(
                  Locale.ROOT,
                  "data={\"type\": \"no-images\", \"height\": %d, \"width\": %d, \"channels\": 1}",
                  height,
                  height),
              "model.attention=[]");
      Subject subject = Subject.of(recipe);
      Path folder = subject.folder(lab.work(), lab.script());
      OurTraining.writeWeights(subject, folder);
      forward.add(height * height, time(lab, Kind.OUR_FORWARD, recipe, 8, folder));
      step.add(height * height, time(lab, Kind.OUR_STEP, recipe, 8, folder));
    }
    power(lab, "pixels: forward", forward);
    power(lab, "pixels: training step", step);
    Growth.plot(
        lab,
        "pixels",
        "pixels of an image",
        "milliseconds",
        Map.of("forward", forward, "training step", step));
  }

  private static double time(Lab lab, Kind kind, Path recipe, int batch, Path folder) {
    Work work = new Work(kind, recipe, batch, Precision.FLOAT32, folder, lab.threads());
    try (var workers = new Alternation().with("alone", work)) {
      double[] seconds = workers.measure(lab.warmUp(), lab.quick() ? 3 : 7).get("alone");
      return 1e3 * Estimate.of(seconds).median();
    }
  }

  /** Samples of a small network by the command line, whose files are written as they come. */
  private void samples(Lab lab) {
    Path recipe =
        Recipes.variant(
            lab.recipe("small"),
            lab.work(),
            "samples",
            "model.channels=8",
            "model.multipliers=[1]",
            "model.blocks=1",
            "model.attention=[]",
            "training.steps=1",
            "sampler.steps=4",
            "sampling={\"count\": 10, \"batchSize\": 10}");
    Path run = lab.work().resolve("samples-" + System.nanoTime());
    RunnerProcess.run(lab, "train", "--recipe", recipe.toString(), "--output", run.toString());
    Growth seconds = new Growth();
    Growth memory = new Growth();
    for (int count : lab.quick() ? new int[] {10, 100} : new int[] {10, 100, 1000, 10_000}) {
      RunnerProcess process =
          RunnerProcess.run(
              lab, "sample", "--run", run.toString(), "--count", Integer.toString(count));
      seconds.add(count, process.seconds());
      memory.add(count, process.peakBytes() / 1e6);
    }
    power(lab, "number of samples: time of the command", seconds);
    lab.add(
        name(),
        "number of samples: memory of the most / of the fewest",
        Estimate.once(memory.factor()),
        "x",
        Optional.of(Goal.atMost(1.25)),
        "");
    Growth.plot(
        lab, "samples", "samples", "seconds, and MB", Map.of("seconds", seconds, "MB", memory));
  }

  private void plugins(Lab lab) {
    Growth growth = new Growth();
    for (int count : lab.quick() ? new int[] {1, 10} : new int[] {1, 3, 10, 30, 100}) {
      Path folder = PluginJars.make(lab, count);
      double[] seconds = new double[lab.quick() ? 2 : 7];
      for (int i = 0; i < seconds.length; i++) {
        seconds[i] = RunnerProcess.run(lab, "plugins", "--plugins", folder.toString()).seconds();
      }
      growth.add(count, Estimate.of(seconds).median());
    }
    power(lab, "plugins on the path: time of the command plugins", growth);
    Growth.plot(
        lab, "plugins", "jars of plugins beside ours", "seconds", Map.of("plugins", growth));
  }

  private void power(Lab lab, String what, Growth growth) {
    var first = growth.costs().firstEntry();
    var last = growth.costs().lastEntry();
    lab.add(
        name(),
        what + ", power of growth",
        Estimate.once(growth.power()),
        "",
        Optional.of(Goal.atMost(LINEAR)),
        String.format(
            Locale.ROOT,
            "%,d: %s, %,d: %s",
            first.getKey(),
            Numbers.shown(first.getValue()),
            last.getKey(),
            Numbers.shown(last.getValue())));
  }
}
