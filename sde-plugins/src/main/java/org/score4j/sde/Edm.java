package org.score4j.sde;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * The process whose time is its noise (Karras et al. 2022, "Elucidating the design space of
 * diffusion-based generative models", eq. 1 and table 1):
 *
 * <pre>
 *   alpha = 1,   sigma = t,   dx = sqrt(2 t) dw,   sigmaMin &lt;= t &lt;= sigmaMax.
 * </pre>
 *
 * <p>Its probability-flow ODE, {@code dx/dt = (x - denoised) / t}, has the straightest solutions of
 * all schedules. The prior is N(0, sigmaMax^2 I). The paper's standard deviation of the data
 * belongs to the model's preconditioning, and its rho to the {@code karras} time grid.
 *
 * @param sigmaMin noise at which sampling stops, above 0
 * @param sigmaMax largest noise, above {@code sigmaMin}
 */
@PluginName("edm")
public record Edm(double sigmaMin, double sigmaMax) implements Sde {

  /** The process of the paper: noise from 0.002 to 80. */
  public Edm() {
    this(0.002, 80);
  }

  /** Checks the components. */
  public Edm {
    Validation.begin()
        .positive("sigmaMin", sigmaMin)
        .positive("sigmaMax", sigmaMax)
        .rule(!(sigmaMax <= sigmaMin), "sigmaMax", sigmaMax, "must exceed sigmaMin")
        .end();
  }

  @Override
  public double drift(double t) {
    return 0;
  }

  @Override
  public double diffusion(double t) {
    return Math.sqrt(2 * t);
  }

  @Override
  public double alpha(double t) {
    return 1;
  }

  @Override
  public double sigma(double t) {
    return t;
  }

  @Override
  public double startTime() {
    return sigmaMin;
  }

  @Override
  public double endTime() {
    return sigmaMax;
  }

  @Override
  public double logSnr(double t) {
    return -2 * Math.log(t);
  }

  /** {@code sigma_ts^2 = (t - s) (t + s)}. */
  @Override
  public Transition transition(double s, double t) {
    TimeOrder.check(s, t);
    return new Transition(1, Math.sqrt((t - s) * (t + s)));
  }

  @Override
  public double timeAt(double logSnr) {
    return Math.min(sigmaMax, Math.exp(-logSnr / 2));
  }
}
