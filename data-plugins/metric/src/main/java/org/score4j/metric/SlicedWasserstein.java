package org.score4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Sliced Wasserstein distance (Bonneel et al. 2015, "Sliced and Radon Wasserstein barycenters of
 * measures"): the Wasserstein distances of one-dimensional projections, averaged over directions,
 *
 * <pre>
 *   SW_p^p = E_u [ W_p^p(u . X, u . Y) ],   u uniform on the unit sphere,
 *   W_p^p  = integral over q in (0, 1) of |F^-1(q) - G^-1(q)|^p,
 * </pre>
 *
 * <p>for generated X and real Y, flattened. Each W_p is that of the samples' own distributions,
 * exact by sorting, whether or not there are as many generated examples as real ones; the
 * directions are the same at every measurement. The result is 0 for equal sets of examples only:
 * two sets from one distribution are about {@code n^(-1/2)} of its width apart.
 *
 * <p>One measurement, {@code sliced-wasserstein}; not a number if an example has such an element.
 * Cost: for each direction and example as many multiplications as the example has elements, and a
 * sort; shared among the processors. The sums are in double and do not depend on how many there
 * are.
 *
 * @param projections number of directions, 1 or more; 128 by default
 * @param order p, at least 1; 1 by default, which unlike 2 is not ruled by a few examples on their
 *     way between modes
 * @param limit examples of each kind to use at most, 1 or more; 50,000 by default
 */
@PluginName("sliced-wasserstein")
public record SlicedWasserstein(int projections, double order, int limit) implements Metric {
  private static final long SEED = 0x5717ce5;

  /** Order 1 over 128 directions, of up to 50,000 examples of each kind. */
  public SlicedWasserstein() {
    this(128, 1, 50_000);
  }

  /** Checks the components. */
  public SlicedWasserstein {
    Validation.begin()
        .count("projections", projections, 1)
        .rule(
            order >= 1 && Double.isFinite(order),
            "order",
            order,
            "must be a finite number, 1 or above")
        .atLeast("limit", limit, 1)
        .end();
  }

  @Override
  public Measuring start(Shape example) {
    HeapRoom.check("projections", projections, 8.0 * example.size(), example.size());
    List<double[]> directions = directions(Math.toIntExact(example.size()));
    return new KeptExamples(
        example, limit, (generated, real) -> distance(directions, generated, real));
  }

  private List<double[]> directions(int dimension) {
    // Random, unlike newer generators, promises the same numbers on every platform.
    Random random = new Random(SEED);
    return Stream.generate(() -> direction(random, dimension)).limit(projections).toList();
  }

  private static double[] direction(Random random, int dimension) {
    double[] normals = new double[dimension];
    for (int k = 0; k < dimension; k++) {
      normals[k] = random.nextGaussian();
    }
    double norm = Math.sqrt(Arrays.stream(normals).map(v -> v * v).sum());
    return Arrays.stream(normals).map(v -> v / norm).toArray();
  }

  /** Along given directions. */
  List<Measurement> distance(List<double[]> directions, Points generated, Points real) {
    double[] powers =
        IntStream.range(0, directions.size())
            .parallel()
            .mapToDouble(i -> power(directions.get(i), generated, real))
            .toArray();
    double mean = Arrays.stream(powers).sum() / powers.length;
    return List.of(new Measurement("sliced-wasserstein", Math.pow(mean, 1 / order)));
  }

  /** {@code W_p^p} along a direction, from quantile to quantile of either kind. */
  private double power(double[] direction, Points generated, Points real) {
    double[] x = generated.project(direction);
    double[] y = real.project(direction);
    Arrays.sort(x);
    Arrays.sort(y);
    double sum = 0;
    // Places on (0, 1), in units of 1 / (x.length * y.length).
    long reached = 0;
    int i = 0;
    int j = 0;
    while (i < x.length) {
      long nextOfX = (i + 1L) * y.length;
      long nextOfY = (j + 1L) * x.length;
      long next = Math.min(nextOfX, nextOfY);
      sum += (next - reached) * Math.pow(Math.abs(x[i] - y[j]), order);
      reached = next;
      i += next == nextOfX ? 1 : 0;
      j += next == nextOfY ? 1 : 0;
    }
    return sum / x.length / y.length;
  }
}
