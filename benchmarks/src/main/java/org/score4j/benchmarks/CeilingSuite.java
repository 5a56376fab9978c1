package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Precision;
import org.score4j.benchmarks.Figure.Goal;
import org.score4j.benchmarks.Work.Kind;
import org.score4j.engine.size.ModelSize;

/**
 * What the machine could do at most: the operations that networks need, in a second, as a share of
 * those that it makes in products of large matrices of the same precision.
 */
final class CeilingSuite implements Suite {
  private static final int[] SIZES = {512, 1024, 2048, 4096};

  /** A multiplication with its addition. */
  private static final int OPERATIONS = 2;

  /** Of a layer, for its parameters, and for its inputs. */
  private static final int PRODUCTS_IN_TRAINING = 3;

  @Override
  public String name() {
    return "ceiling";
  }

  @Override
  public void run(Lab lab) {
    for (Precision precision : Precision.values()) {
      int size = bestSize(lab, precision);
      boolean float32 = precision == Precision.FLOAT32;
      share(lab, precision, size, Kind.OUR_FORWARD, "cifar10", 8, goal(float32 ? 85 : 75));
      share(lab, precision, size, Kind.OUR_STEP, "cifar10", 8, Optional.empty());
      share(lab, precision, size, Kind.OUR_FORWARD, "small", 64, Optional.empty());
      share(lab, precision, size, Kind.OUR_STEP, "small", 64, Optional.empty());
      if (float32) {
        share(lab, precision, size, Kind.OUR_STEP, "points", 512, goal(60));
      }
    }
  }

  private static Optional<Goal> goal(double percent) {
    return Optional.of(Goal.atLeast(percent));
  }

  private static Work product(Lab lab, Precision precision, int size) {
    return new Work(
        Kind.MATRIX_PRODUCT, lab.recipe("points"), size, precision, lab.work(), lab.threads());
  }

  private static double operations(int size) {
    return OPERATIONS * Math.pow(size, 3);
  }

  private int bestSize(Lab lab, Precision precision) {
    int best = SIZES[0];
    double most = 0;
    try (var workers = new Alternation()) {
      for (int size : SIZES) {
        workers.with(Integer.toString(size), product(lab, precision, size));
      }
      Map<String, double[]> seconds = workers.measure(lab.warmUp(), lab.rounds());
      for (int size : SIZES) {
        Estimate time = Estimate.of(seconds.get(Integer.toString(size)));
        double rate = operations(size) / time.median();
        lab.add(
            name(),
            String.format(Locale.ROOT, "product of matrices of %d, %s", size, precision),
            new Estimate(
                rate / 1e9,
                operations(size) / time.high() / 1e9,
                operations(size) / time.low() / 1e9,
                time.count()),
            "GFLOP/s",
            Optional.empty(),
            "");
        if (rate > most) {
          most = rate;
          best = size;
        }
      }
    }
    return best;
  }

  private void share(
      Lab lab,
      Precision precision,
      int size,
      Kind kind,
      String recipe,
      int batch,
      Optional<Goal> goal) {
    Subject subject = Subject.of(lab.recipe(recipe));
    Path folder = Networks.prepare(lab, subject);
    boolean training = kind == Kind.OUR_STEP;
    double needed =
        (double) OPERATIONS
            * (training ? PRODUCTS_IN_TRAINING : 1)
            * batch
            * ModelSize.of(subject.recipe().scoreModel(), subject.example()).multiplications();
    Work work = new Work(kind, lab.recipe(recipe), batch, precision, folder, lab.threads());
    try (var workers =
        new Alternation().with("product", product(lab, precision, size)).with("network", work)) {
      Map<String, double[]> seconds = workers.measure(lab.warmUp(), lab.rounds());
      double time = Estimate.of(seconds.get("network")).median();
      lab.add(
          name(),
          String.format(
              Locale.ROOT,
              "%s, batch %d, %s, %s",
              recipe,
              batch,
              training ? "training step" : "forward",
              precision),
          Estimate.ratio(seconds.get("product"), seconds.get("network"))
              .times(100 * needed / operations(size)),
          "%",
          goal,
          "%s GFLOP, %s s".formatted(Numbers.shown(needed / 1e9), Numbers.shown(time)));
    }
  }
}
