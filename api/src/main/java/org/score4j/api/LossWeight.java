package org.score4j.api;

/**
 * How much each noise level counts in an objective: w(t) in
 *
 * <pre>  E_t E_x0,z  w(t) |sigma s(x, t) + z|^2,    x = alpha x_0 + sigma z.</pre>
 *
 * <p>The squared error is that of the noise, which stays finite at every level. The papers' {@code
 * lambda(t)} of {@code |s + z / sigma|^2} is {@code w sigma^2}, and a weight of {@code |D - x_0|^2}
 * is {@code w alpha^2 / sigma^2}.
 */
@PluginService
public interface LossWeight {

  /** The weight w of a noise level of the process, 0 or above and finite. */
  double of(Sde sde, NoiseLevel level);
}
