package org.score4j.engine.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.score4j.api.Feed;
import org.score4j.api.Level;
import org.score4j.api.LevelPerSample;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PerSample;
import org.score4j.api.Scalar;
import org.score4j.api.Sde;
import org.tensorflow.Operand;
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

  Scalar scalar(String name) {
    return new FedScalar(placeholder(name, Shape.scalar()));
  }

  PerSample vector(String name, int size) {
    return fedVector(name, Shape.of(size));
  }

  Level level(String name) {
    return fedLevels(name, Shape.of(1));
  }

  LevelPerSample levels(String name, int size) {
    return fedLevels(name, Shape.of(size));
  }

  private FedLevels fedLevels(String name, Shape vector) {
    return new FedLevels(
        sde,
        fedVector(name, vector),
        fedVector(name + "Alpha", vector),
        fedVector(name + "Sigma", vector));
  }

  private FedVector fedVector(String name, Shape vector) {
    return new FedVector(placeholder(name, vector), vector);
  }

  private Placeholder<TFloat32> placeholder(String name, Shape shape) {
    var input = tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
    placeholders.add(input);
    return input;
  }

  private record FedScalar(Placeholder<TFloat32> placeholder) implements Scalar {
    @Override
    public Operand<TFloat32> value() {
      return placeholder;
    }

    @Override
    public Feed is(double value) {
      return new HostFeed(List.of(new HostFeed.Value(placeholder, Shape.scalar(), value)));
    }
  }

  private record FedVector(Placeholder<TFloat32> placeholder, Shape shape) implements PerSample {
    @Override
    public Operand<TFloat32> value() {
      return placeholder;
    }

    @Override
    public Feed are(double[] values) {
      return new HostFeed(List.of(fed(values)));
    }

    HostFeed.Value fed(double[] values) {
      if (values.length != shape.get(0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s takes %d numbers, found %d",
                placeholder.op().name(),
                shape.get(0),
                values.length));
      }
      return new HostFeed.Value(placeholder, shape, values);
    }
  }

  /** Noise levels, of each sample or, if there is one, of all. */
  private record FedLevels(Sde sde, FedVector times, FedVector alphas, FedVector sigmas)
      implements Level, LevelPerSample {
    @Override
    public Operand<TFloat32> t() {
      return times.value();
    }

    @Override
    public Operand<TFloat32> alpha() {
      return alphas.value();
    }

    @Override
    public Operand<TFloat32> sigma() {
      return sigmas.value();
    }

    @Override
    public Feed at(double t) {
      return at(new double[] {t});
    }

    @Override
    public Feed at(double[] t) {
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
