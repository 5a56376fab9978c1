package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Precision;
import org.score4j.benchmarks.Work.Kind;

/**
 * How fast a network could be if all but its convolutions and matrix products cost nothing: these
 * alone, against libtorch and against the network.
 */
final class BoundSuite implements Suite {
  @Override
  public String name() {
    return "bound";
  }

  @Override
  public void run(Lab lab) {
    bound(lab, "cifar10", 8);
    bound(lab, "small", 8);
    bound(lab, "small", 64);
    bound(lab, "points", 512);
  }

  private void bound(Lab lab, String recipe, int batch) {
    for (Precision precision : Precision.values()) {
      if (precision == Precision.FLOAT32 || Subject.of(lab.recipe(recipe)).images()) {
        String what = String.format(Locale.ROOT, "%s, batch %d, %s", recipe, batch, precision);
        measure(lab, recipe, batch, precision, what + ", forward", false);
        measure(lab, recipe, batch, precision, what + ", training step", true);
      }
    }
  }

  private void measure(
      Lab lab, String recipe, int batch, Precision precision, String what, boolean training) {
    Path folder = Networks.prepare(lab, Subject.of(lab.recipe(recipe)));
    Kind theirs = training ? Kind.TORCH_STEP : Kind.TORCH_FORWARD;
    Kind ours = training ? Kind.OUR_STEP : Kind.OUR_FORWARD;
    Kind products = training ? Kind.PRODUCTS_OF_STEP : Kind.PRODUCTS_OF_FORWARD;
    try (var workers =
        new Alternation()
            .with("libtorch", work(lab, theirs, recipe, batch, Precision.FLOAT32, folder))
            .with("score4j", work(lab, ours, recipe, batch, precision, folder))
            .with("products", work(lab, products, recipe, batch, precision, folder))) {
      Map<String, double[]> seconds = workers.measure(2, lab.quick() ? 3 : 9);
      String alone = Numbers.shown(Estimate.of(seconds.get("products")).median()) + " s";
      lab.add(
          name(),
          what + ": products alone / libtorch's whole",
          Estimate.ratio(seconds.get("libtorch"), seconds.get("products")),
          "x",
          Optional.empty(),
          alone);
      lab.add(
          name(),
          what + ": share of the products",
          Estimate.ratio(seconds.get("products"), seconds.get("score4j")).times(100),
          "%",
          Optional.empty(),
          "of " + Numbers.shown(Estimate.of(seconds.get("score4j")).median()) + " s");
    }
  }

  private static Work work(
      Lab lab, Kind kind, String recipe, int batch, Precision precision, Path folder) {
    return new Work(kind, lab.recipe(recipe), batch, precision, folder, lab.threads());
  }
}
