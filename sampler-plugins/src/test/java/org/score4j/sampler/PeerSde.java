package org.score4j.sampler;

import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;

/**
 * The forward processes as the peer's tables have them: levels, at which the score is asked for,
 * are right; the step that ends at t is that of a table of N entries.
 */
interface PeerSde extends Sde {

  /** The exact process. */
  Sde exact();

  /** The peer's N. */
  int steps();

  /** The peer's row of a time. */
  default int index(double t) {
    return (int) Math.floor(t * (steps() - 1));
  }

  @Override
  default NoiseLevel level(double t) {
    return exact().level(t);
  }

  @Override
  default double drift(double t) {
    return exact().drift(t);
  }

  @Override
  default double diffusion(double t) {
    return exact().diffusion(t);
  }

  @Override
  default double alpha(double t) {
    return exact().alpha(t);
  }

  @Override
  default double sigma(double t) {
    return exact().sigma(t);
  }

  @Override
  default double startTime() {
    return exact().startTime();
  }

  @Override
  default double endTime() {
    return exact().endTime();
  }

  /** {@code G^2 = sigma_k^2 - sigma_(k-1)^2} with {@code sigma_(-1) = 0}. */
  record Exploding(Sde exact, int steps) implements PeerSde {
    Exploding(int steps) {
      this(new VarianceExploding(), steps);
    }

    @Override
    public double sigma(double t) {
      int k = index(t);
      return k < 0 ? 0 : exact.sigma((double) k / (steps - 1));
    }

    @Override
    public Transition transition(double s, double t) {
      int k = index(t);
      double before = k == 0 ? 0 : exact.sigma((k - 1.0) / (steps - 1));
      return new Transition(1, Math.sqrt(Math.pow(sigma(t), 2) - before * before));
    }
  }

  /** {@code alpha_ts^2 = 1 - b_k}, {@code b = linspace(betaMin / N, betaMax / N, N)}. */
  record Preserving(Sde exact, int steps) implements PeerSde {
    Preserving(int steps) {
      this(new VariancePreserving(), steps);
    }

    @Override
    public Transition transition(double s, double t) {
      double b = (0.1 + index(t) * (20 - 0.1) / (steps - 1)) / steps;
      return new Transition(Math.sqrt(1 - b), Math.sqrt(b));
    }
  }

  /** Euler's step of length 1/N. */
  record SubPreserving(Sde exact, int steps) implements PeerSde {
    SubPreserving(int steps) {
      this(new SubVariancePreserving(), steps);
    }

    @Override
    public Transition transition(double s, double t) {
      return new Transition(1 + drift(t) / steps, diffusion(t) / Math.sqrt(steps));
    }
  }
}
