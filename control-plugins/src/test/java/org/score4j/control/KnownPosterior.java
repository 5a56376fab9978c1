package org.score4j.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.score4j.api.Control;
import org.score4j.api.LinearOperator;
import org.score4j.api.MixtureComponent;
import org.score4j.api.PixelRange;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.model.GaussianMixture;
import org.tensorflow.ndarray.Shape;

/**
 * A mixture of isotropic Gaussians N(mu_k, s^2 I) whose distribution given A x_0 is known: with P =
 * A^+ A, component k has the weight w_k exp(-|A^+ y - P mu_k|^2 / (2 s^2)), and of it is left
 *
 * <pre>  x_0 = A^+ y + (I - P) (mu_k + s z).</pre>
 *
 * <p>The means differ much in what is not measured.
 */
final class KnownPosterior implements Target {
  static final double DEVIATION = 0.3;
  private static final double[] WEIGHTS = {0.2, 0.3, 0.5};

  private final Shape shape;
  private final double[][] projection;
  private final double[][] means = new double[WEIGHTS.length][];
  private final double[] image;

  /**
   * A mixture for an operator.
   *
   * @param apart distance from 0 of the means in what is measured: the larger, the more does it
   *     tell
   */
  KnownPosterior(LinearOperator operator, double apart) {
    shape = operator instanceof Grey ? Shape.of(2, 2, 3) : Shape.of(4, 4, 1);
    projection = Linear.projection(operator, shape);
    Random random = new Random(1);
    int size = (int) shape.size();
    for (int k = 0; k < means.length; k++) {
      double[] direction = random.doubles(size, -1, 1).toArray();
      double[] known = Linear.times(projection, direction);
      double knownNorm = norm(known);
      double unknownNorm = Math.sqrt(Math.pow(norm(direction), 2) - knownNorm * knownNorm);
      means[k] = new double[size];
      for (int i = 0; i < size; i++) {
        means[k][i] = apart * known[i] / knownNorm + 2 * (direction[i] - known[i]) / unknownNorm;
      }
    }
    image = means[0].clone();
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double each : x) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public ControlInputs inputs(List<Control> controls) {
    return new ControlInputs(
        controls,
        PixelRange.CENTERED,
        number -> floats(image),
        run -> {
          throw new IllegalStateException("no classifier");
        });
  }

  @Override
  public GaussianMixture model() {
    List<MixtureComponent> components = new ArrayList<>();
    for (int k = 0; k < WEIGHTS.length; k++) {
      List<Double> mean = new ArrayList<>();
      List<Double> deviation = new ArrayList<>();
      for (double m : means[k]) {
        mean.add(m);
        deviation.add(DEVIATION);
      }
      components.add(new MixtureComponent(WEIGHTS[k], mean, deviation));
    }
    return new GaussianMixture(components);
  }

  private static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  @Override
  public float[] draws(int count, long seed) {
    Random random = new Random(seed);
    int size = (int) shape.size();
    double[] known = Linear.times(projection, image);
    double[] cumulative = new double[WEIGHTS.length];
    double total = 0;
    for (int k = 0; k < cumulative.length; k++) {
      double[] mean = Linear.times(projection, means[k]);
      double distance = 0;
      for (int i = 0; i < size; i++) {
        distance += Math.pow(known[i] - mean[i], 2);
      }
      total += WEIGHTS[k] * Math.exp(-distance / (2 * DEVIATION * DEVIATION));
      cumulative[k] = total;
    }
    float[] draws = new float[count * size];
    for (int n = 0; n < count; n++) {
      double u = random.nextDouble() * total;
      int k = 0;
      while (u > cumulative[k]) {
        k++;
      }
      double[] x = means[k].clone();
      for (int i = 0; i < size; i++) {
        x[i] += DEVIATION * random.nextGaussian();
      }
      double[] measured = Linear.times(projection, x);
      for (int i = 0; i < size; i++) {
        draws[n * size + i] = (float) (known[i] + x[i] - measured[i]);
      }
    }
    return draws;
  }
}
