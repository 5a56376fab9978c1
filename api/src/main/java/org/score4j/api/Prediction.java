package org.score4j.api;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What the output of a network stands for. */
public enum Prediction {
  /** The score itself. */
  SCORE {
    @Override
    ScoreField field(Formulas f) {
      return f.field(
          f::network,
          (x, n) -> f.sigma(x, n).times(f.out(x, n)).negated(),
          (x, n) -> f.of(x).plus(f.variance(x, n).times(f.out(x, n))).over(f.alpha(x, n)));
    }
  },

  /** The noise z of x = alpha x_0 + sigma z (Ho et al. 2020). */
  NOISE {
    @Override
    ScoreField field(Formulas f) {
      return f.field(
          (x, n) -> f.out(x, n).over(f.sigma(x, n)).negated(),
          f::network,
          (x, n) -> f.of(x).minus(f.sigma(x, n).times(f.out(x, n))).over(f.alpha(x, n)));
    }
  },

  /** The clean data x_0 (Karras et al. 2022). */
  DENOISED {
    @Override
    ScoreField field(Formulas f) {
      return f.field(
          (x, n) -> f.alpha(x, n).times(f.out(x, n)).minus(x).over(f.variance(x, n)),
          (x, n) -> f.of(x).minus(f.alpha(x, n).times(f.out(x, n))).over(f.sigma(x, n)),
          f::network);
    }
  },

  /**
   * v = alpha z - sigma x_0 (Salimans and Ho 2022), so that with r = alpha^2 + sigma^2: x_0 =
   * (alpha x - sigma v) / r and z = (sigma x + alpha v) / r.
   */
  VELOCITY {
    @Override
    ScoreField field(Formulas f) {
      return f.field(
          (x, n) -> noise(f, x, n).over(f.sigma(x, n)).negated(),
          (x, n) -> noise(f, x, n),
          (x, n) ->
              f.alpha(x, n).times(x).minus(f.sigma(x, n).times(f.out(x, n))).over(r(f, x, n)));
    }

    private Term noise(Formulas f, Operand<TFloat32> x, LevelTensors n) {
      return f.sigma(x, n).times(x).plus(f.alpha(x, n).times(f.out(x, n))).over(r(f, x, n));
    }

    private Term r(Formulas f, Operand<TFloat32> x, LevelTensors n) {
      return f.alpha(x, n).squared().plus(f.variance(x, n));
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
    return field(new Formulas(tf, network));
  }

  abstract ScoreField field(Formulas formulas);

  /** The terms of the conversions above; remembers the network's outputs. */
  private static final class Formulas {
    private final Ops tf;
    private final Network network;
    private final Map<Output<TFloat32>, Map<LevelTensors, Outputs>> outputs = new HashMap<>();

    /** What the network gives: its prediction, and perhaps where the variance lies. */
    private record Outputs(
        Operand<TFloat32> prediction, Optional<Operand<TFloat32>> varianceInterpolation) {}

    Formulas(Ops tf, Network network) {
      this.tf = tf;
      this.network = network;
    }

    Term of(Operand<TFloat32> x) {
      return Term.of(tf, x);
    }

    Operand<TFloat32> network(Operand<TFloat32> x, LevelTensors level) {
      return outputs(x, level).prediction();
    }

    Term out(Operand<TFloat32> x, LevelTensors level) {
      return of(network(x, level));
    }

    private Outputs outputs(Operand<TFloat32> x, LevelTensors level) {
      return outputs
          .computeIfAbsent(x.asOutput(), unused -> new IdentityHashMap<>())
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
      return new Outputs(halves.get(0), Optional.of(of(halves.get(1)).times(0.5).plus(0.5)));
    }

    Term alpha(Operand<TFloat32> x, LevelTensors level) {
      return LevelTensors.align(tf, level.alpha(), x);
    }

    Term sigma(Operand<TFloat32> x, LevelTensors level) {
      return LevelTensors.align(tf, level.sigma(), x);
    }

    Term variance(Operand<TFloat32> x, LevelTensors level) {
      return sigma(x, level).squared();
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
