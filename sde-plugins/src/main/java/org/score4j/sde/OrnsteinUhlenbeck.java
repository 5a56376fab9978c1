package org.score4j.sde;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * The Ornstein-Uhlenbeck process (Uhlenbeck and Ornstein 1930), Langevin dynamics that take any
 * data to N(0, I):
 *
 * <pre>
 *   dx = -x dt + sqrt(2) dw,   alpha = e^(-t),   sigma^2 = 1 - e^(-2t),   0 &lt;= t &lt;= endTime.
 * </pre>
 *
 * <p>Every variance-preserving process is this one with its time changed, {@code t = b / 2} for the
 * integral b of its rate.
 *
 * @param startTime time at which sampling stops, above 0; sigma there is about {@code sqrt(2
 *     startTime)}
 * @param endTime time at which the data are forgotten, above {@code startTime}; {@code
 *     e^(-endTime)} of them is left
 */
@PluginName("ornstein-uhlenbeck")
public record OrnsteinUhlenbeck(double startTime, double endTime) implements Sde {

  /** From noise of 0.014 up to time 5, where 0.7% of the data are left. */
  public OrnsteinUhlenbeck() {
    this(1e-4, 5);
  }

  /** Checks the components. */
  public OrnsteinUhlenbeck {
    Validation.begin()
        .positive("startTime", startTime)
        .positive("endTime", endTime)
        .rule(!(endTime <= startTime), "endTime", endTime, "must exceed startTime")
        .end();
  }

  @Override
  public double drift(double t) {
    return -1;
  }

  @Override
  public double diffusion(double t) {
    return Math.sqrt(2);
  }

  @Override
  public double alpha(double t) {
    return Math.exp(-t);
  }

  @Override
  public double sigma(double t) {
    return new PreservedVariance(2 * t).sigma();
  }

  @Override
  public double priorStandardDeviation() {
    return 1;
  }

  @Override
  public double logSnr(double t) {
    return new PreservedVariance(2 * t).logSnr();
  }

  @Override
  public Transition transition(double s, double t) {
    TimeOrder.check(s, t);
    return new PreservedVariance(2 * (t - s)).transition();
  }

  @Override
  public double timeAt(double logSnr) {
    return Math.min(endTime, PreservedVariance.integralAt(logSnr) / 2);
  }
}
