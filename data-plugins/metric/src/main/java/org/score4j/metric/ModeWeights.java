package org.score4j.metric;

import java.util.List;
import java.util.stream.LongStream;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Error of the weights of modes: each example goes to the nearest of given points, and
 *
 * <pre>
 *   error = 1/2 sum over modes |share of generated - share of real|,
 * </pre>
 *
 * <p>the total variation between the shares, from 0 to 1. One measurement, {@code
 * mode-weight-error}; memory does not grow with the number of examples. The shares of n examples
 * are off by about n^(-1/2) themselves.
 *
 * @param modes the points, in the units of the data, each with as many coordinates as an example
 *     has elements
 */
@PluginName("mode-weights")
public record ModeWeights(@Required List<List<Double>> modes) implements Metric {

  /** Two modes in the plane. */
  public ModeWeights() {
    this(List.of(List.of(-1.0, 0.0), List.of(1.0, 0.0)));
  }

  /** Checks the components. */
  public ModeWeights {
    modes = modes.stream().map(List::copyOf).toList();
    Validation.begin().rule(modes.size() >= 2, "modes", modes, "must be two points or more").end();
  }

  @Override
  public boolean takesOwnUnits() {
    return true;
  }

  @Override
  public Measuring start(Shape example) {
    long elements = example.size();
    Validation.begin()
        .rule(
            modes.stream().allMatch(mode -> mode.size() == elements),
            "modes",
            modes,
            "must be points of " + elements + " coordinates, as the examples are")
        .end();
    return new Running(modes, new long[modes.size()], new long[modes.size()]);
  }

  private record Running(List<List<Double>> modes, long[] generated, long[] real)
      implements Measuring {

    @Override
    public void generated(float[] values, int count) {
      count(values, count, generated);
    }

    @Override
    public void real(float[] values, int count) {
      count(values, count, real);
    }

    private void count(float[] values, int count, long[] into) {
      int size = modes.get(0).size();
      for (int i = 0; i < count; i++) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int m = 0; m < modes.size(); m++) {
          double distance = 0;
          for (int k = 0; k < size; k++) {
            double difference = values[i * size + k] - modes.get(m).get(k);
            distance += difference * difference;
          }
          if (distance < least) {
            least = distance;
            nearest = m;
          }
        }
        into[nearest]++;
      }
    }

    @Override
    public List<Measurement> result() {
      double ofGenerated = LongStream.of(generated).sum();
      double ofReal = LongStream.of(real).sum();
      double error = 0;
      for (int m = 0; m < modes.size(); m++) {
        error += Math.abs(generated[m] / ofGenerated - real[m] / ofReal) / 2;
      }
      return List.of(new Measurement("mode-weight-error", error));
    }
  }
}
