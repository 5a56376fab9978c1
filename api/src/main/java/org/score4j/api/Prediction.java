package org.score4j.api;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What the output of a network stands for. */
public enum Prediction {
  /** The score itself. */
  SCORE {
    @Override
    ScoreField field(Algebra a) {
      return a.field(
          (x, n) -> a.out(x, n),
          (x, n) -> a.neg(a.mul(a.sigma(x, n), a.out(x, n))),
          (x, n) -> a.div(a.add(x, a.mul(a.variance(x, n), a.out(x, n))), a.alpha(x, n)));
    }
  },

  /** The noise z of x = alpha x_0 + sigma z (Ho et al. 2020). */
  NOISE {
    @Override
    ScoreField field(Algebra a) {
      return a.field(
          (x, n) -> a.neg(a.div(a.out(x, n), a.sigma(x, n))),
          (x, n) -> a.out(x, n),
          (x, n) -> a.div(a.sub(x, a.mul(a.sigma(x, n), a.out(x, n))), a.alpha(x, n)));
    }
  },

  /** The clean data x_0 (Karras et al. 2022). */
  DENOISED {
    @Override
    ScoreField field(Algebra a) {
      return a.field(
          (x, n) -> a.div(a.sub(a.mul(a.alpha(x, n), a.out(x, n)), x), a.variance(x, n)),
          (x, n) -> a.div(a.sub(x, a.mul(a.alpha(x, n), a.out(x, n))), a.sigma(x, n)),
          (x, n) -> a.out(x, n));
    }
  },

  /**
   * v = alpha z - sigma x_0 (Salimans and Ho 2022), so that with r = alpha^2 + sigma^2: x_0 =
   * (alpha x - sigma v) / r and z = (sigma x + alpha v) / r.
   */
  VELOCITY {
    @Override
    ScoreField field(Algebra a) {
      Network noise =
          (x, n) ->
              a.div(
                  a.add(a.mul(a.sigma(x, n), x), a.mul(a.alpha(x, n), a.out(x, n))),
                  a.add(a.square(a.alpha(x, n)), a.variance(x, n)));
      return a.field(
          (x, n) -> a.neg(a.div(noise.apply(x, n), a.sigma(x, n))),
          noise,
          (x, n) ->
              a.div(
                  a.sub(a.mul(a.alpha(x, n), x), a.mul(a.sigma(x, n), a.out(x, n))),
                  a.add(a.square(a.alpha(x, n)), a.variance(x, n))));
    }
  };

  /**
   * The score field of a network that predicts this.
   *
   * @param tf where the conversions are added
   * @param network evaluated once for each pair of {@code x} and level, however many forms are
   *     asked for
   */
  public ScoreField field(Ops tf, Network network) {
    return field(new Algebra(tf, network));
  }

  abstract ScoreField field(Algebra algebra);

  /** Lets the conversions above read as formulas, and remembers the network's outputs. */
  private static final class Algebra {
    private final Ops tf;
    private final Network network;
    private final Map<Operand<TFloat32>, Map<LevelTensors, Outputs>> outputs =
        new IdentityHashMap<>();

    /** What the network gives: its prediction, and perhaps where the variance lies. */
    private record Outputs(
        Operand<TFloat32> prediction, Optional<Operand<TFloat32>> varianceInterpolation) {}

    Algebra(Ops tf, Network network) {
      this.tf = tf;
      this.network = network;
    }

    Operand<TFloat32> out(Operand<TFloat32> x, LevelTensors level) {
      return outputs(x, level).prediction();
    }

    private Outputs outputs(Operand<TFloat32> x, LevelTensors level) {
      return outputs
          .computeIfAbsent(x, unused -> new IdentityHashMap<>())
          .computeIfAbsent(level, unused -> evaluated(x, level));
    }

    private Outputs evaluated(Operand<TFloat32> x, LevelTensors level) {
      Operand<TFloat32> output = network.apply(x, level);
      int channels = x.shape().numDimensions() - 1;
      if (output.shape().numDimensions() != channels + 1
          || output.shape().get(channels) != 2 * x.shape().get(channels)) {
        return new Outputs(output, Optional.empty());
      }
      var halves = tf.split(tf.constant(channels), output, 2L).output();
      Operand<TFloat32> half = tf.constant(0.5f);
      return new Outputs(
          halves.get(0), Optional.of(tf.math.add(tf.math.mul(halves.get(1), half), half)));
    }

    Operand<TFloat32> alpha(Operand<TFloat32> x, LevelTensors level) {
      return LevelTensors.align(tf, level.alpha(), x);
    }

    Operand<TFloat32> sigma(Operand<TFloat32> x, LevelTensors level) {
      return LevelTensors.align(tf, level.sigma(), x);
    }

    Operand<TFloat32> variance(Operand<TFloat32> x, LevelTensors level) {
      return square(sigma(x, level));
    }

    Operand<TFloat32> add(Operand<TFloat32> a, Operand<TFloat32> b) {
      return tf.math.add(a, b);
    }

    Operand<TFloat32> sub(Operand<TFloat32> a, Operand<TFloat32> b) {
      return tf.math.sub(a, b);
    }

    Operand<TFloat32> mul(Operand<TFloat32> a, Operand<TFloat32> b) {
      return tf.math.mul(a, b);
    }

    Operand<TFloat32> div(Operand<TFloat32> a, Operand<TFloat32> b) {
      return tf.math.div(a, b);
    }

    Operand<TFloat32> neg(Operand<TFloat32> a) {
      return tf.math.neg(a);
    }

    Operand<TFloat32> square(Operand<TFloat32> a) {
      return tf.math.square(a);
    }

    ScoreField field(Network score, Network noise, Network denoised) {
      return new ScoreField() {
        @Override
        public Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level) {
          return score.apply(x, level);
        }

        @Override
        public Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level) {
          return noise.apply(x, level);
        }

        @Override
        public Operand<TFloat32> denoised(Operand<TFloat32> x, LevelTensors level) {
          return denoised.apply(x, level);
        }

        @Override
        public Optional<Operand<TFloat32>> varianceInterpolation(
            Operand<TFloat32> x, LevelTensors level) {
          return outputs(x, level).varianceInterpolation();
        }
      };
    }
  }
}
