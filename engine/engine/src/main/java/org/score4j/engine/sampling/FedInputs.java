package org.score4j.engine.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.Level;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What the host feeds to the kernels of a sampler, in double until it is fed. */
final class FedInputs {
  private final Ops tf;
  private final Sde sde;
  private final List<Placeholder<TFloat32>> placeholders = new ArrayList<>();

  FedInputs(Ops tf, Sde sde) {
    this.tf = tf;
    this.sde = sde;
  }

  /** All that were made. */
  List<Placeholder<TFloat32>> placeholders() {
    return placeholders;
  }

  Coefficient scalar(String name) {
    return coefficient(name, Shape.scalar());
  }

  Coefficient vector(String name, int size) {
    return coefficient(name, Shape.of(size));
  }

  Level level(String name) {
    return fedLevels(name, Shape.of(1));
  }

  Level levels(String name, int size) {
    return fedLevels(name, Shape.of(size));
  }

  private FedLevels fedLevels(String name, Shape vector) {
    return new FedLevels(
        sde,
        coefficient(name, vector),
        coefficient(name + "Alpha", vector),
        coefficient(name + "Sigma", vector));
  }

  private FedCoefficient coefficient(String name, Shape shape) {
    return new FedCoefficient(tf, placeholder(name, shape), shape);
  }

  private Placeholder<TFloat32> placeholder(String name, Shape shape) {
    var input = tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
    placeholders.add(input);
    return input;
  }

  private record FedCoefficient(Ops tf, Placeholder<TFloat32> placeholder, Shape shape)
      implements Coefficient {
    @Override
    public Output<TFloat32> asOutput() {
      return placeholder.asOutput();
    }

    @Override
    public Operation op() {
      return placeholder.op();
    }

    @Override
    public Feed is(double... values) {
      return new HostFeed(List.of(fed(values)));
    }

    HostFeed.Value fed(double... values) {
      if (values.length != shape.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s takes %d numbers, found %d",
                placeholder.op().name(),
                shape.size(),
                values.length));
      }
      return new HostFeed.Value(placeholder, shape, values);
    }
  }

  /** Noise levels, of each sample or, if there is one, of all. */
  private record FedLevels(
      Sde sde, FedCoefficient times, FedCoefficient alphas, FedCoefficient sigmas)
      implements Level {
    @Override
    public Operand<TFloat32> t() {
      return times.placeholder();
    }

    @Override
    public Operand<TFloat32> alpha() {
      return alphas.placeholder();
    }

    @Override
    public Operand<TFloat32> sigma() {
      return sigmas.placeholder();
    }

    @Override
    public Feed at(double... t) {
      double[] alpha = new double[t.length];
      double[] sigma = new double[t.length];
      for (int i = 0; i < t.length; i++) {
        NoiseLevel level = sde.level(t[i]);
        alpha[i] = level.alpha();
        sigma[i] = level.sigma();
      }
      return new HostFeed(List.of(times.fed(t), alphas.fed(alpha), sigmas.fed(sigma)));
    }
  }
}
