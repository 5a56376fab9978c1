package org.score4j.metric;

import java.util.List;
import java.util.stream.IntStream;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Energy distance (Szekely and Rizzo 2013, "Energy statistics: a class of statistics based on
 * distances"):
 *
 * <pre>
 *   D^2 = 2 E|X - Y| - E|X - X'| - E|Y - Y'|
 * </pre>
 *
 * <p>for generated X, X' and real Y, Y', all independent, with the Euclidean norm of the flattened
 * example. D^2, not its root, is estimated without bias (a U-statistic: pairs of one example with
 * itself are left out), so equal distributions give 0 on average and a single result may be below
 * 0. One measurement, {@code energy-distance}; not a number if an example has such an element.
 *
 * <p>Uses the first {@code limit} generated and the first {@code limit} real examples. Cost: {@code
 * 2 limit^2} distances of as many multiplications as an example has elements, shared among the
 * processors; the sums, in double, do not depend on how many there are.
 *
 * @param limit examples of each kind to use at most, at least 2; 5000 by default
 */
@PluginName("energy-distance")
public record EnergyDistance(int limit) implements Metric {

  /** Up to 5000 examples of each kind. */
  public EnergyDistance() {
    this(5000);
  }

  /** Checks the components. */
  public EnergyDistance {
    Validation.begin().atLeast("limit", limit, 2).end();
  }

  @Override
  public Measuring start(Shape example) {
    long elements = example.size();
    long most = Integer.MAX_VALUE / Math.max(elements, 1);
    Validation.begin()
        .rule(
            limit <= most,
            "limit",
            limit,
            "must be at most " + most + " for examples of " + elements + " elements")
        .end();
    return new Running(new Points((int) elements, limit), new Points((int) elements, limit));
  }

  private record Running(Points generated, Points real) implements Measuring {

    @Override
    public void generated(float[] values, int count) {
      generated.add(values, count);
    }

    @Override
    public void real(float[] values, int count) {
      real.add(values, count);
    }

    @Override
    public List<Measurement> result() {
      if (generated.count() < 2 || real.count() < 2) {
        throw new IllegalStateException(
            String.format(
                "energy-distance needs two examples of each kind, but was given %d generated and"
                    + " %d real",
                generated.count(), real.count()));
      }
      double distance = 2 * meanBetween(generated, real) - meanWithin(generated) - meanWithin(real);
      return List.of(new Measurement("energy-distance", distance));
    }

    private static double meanBetween(Points x, Points y) {
      double[] rows =
          IntStream.range(0, x.count())
              .parallel()
              .mapToDouble(i -> row(x, i, y, y.count()))
              .toArray();
      return sum(rows) / x.count() / y.count();
    }

    private static double meanWithin(Points x) {
      double[] rows =
          IntStream.range(0, x.count()).parallel().mapToDouble(i -> row(x, i, x, i)).toArray();
      return 2 * sum(rows) / x.count() / (x.count() - 1);
    }

    private static double row(Points x, int i, Points y, int end) {
      double sum = 0;
      for (int j = 0; j < end; j++) {
        sum += x.distance(i, y, j);
      }
      return sum;
    }

    private static double sum(double[] rows) {
      double sum = 0;
      for (double row : rows) {
        sum += row;
      }
      return sum;
    }
  }
}
