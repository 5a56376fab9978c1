package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A way to draw from p(x_0 | y) with a model of p(x_0): what y says is added to the score,
 *
 * <pre>  grad_x log p_t(x | y) = grad_x log p_t(x) + grad_x log p_t(y | x),</pre>
 *
 * (Song et al. 2021, eq. 14) or kept in the state. Samplers do not know of it.
 *
 * <p>Of several controls each wraps the field that those before it made.
 */
@PluginService
public interface Control {

  /**
   * The score that the sampler is to see instead of {@link ControlGraph#field()}. May be asked for
   * several times, under several {@link ControlGraph#condition() conditions}.
   *
   * @throws InvalidValueException if a component does not suit the data
   */
  ScoreField field(ControlGraph graph);

  /**
   * What a register is to hold whenever the sampler evaluates the field at it, be it the state or a
   * stage of a step; {@code x} itself unless overridden. The engine writes it to the register
   * before the kernel runs. Asked for once for each register.
   *
   * @param x what the register holds [B, ...]
   * @param level the noise level at which the sampler takes it to be; vectors [B]
   */
  default Operand<TFloat32> state(ControlGraph graph, Operand<TFloat32> x, LevelTensors level) {
    return x;
  }

  /**
   * What is returned for the finished samples {@code x} [B, ...]; {@code x} itself unless
   * overridden.
   */
  default Operand<TFloat32> samples(ControlGraph graph, Operand<TFloat32> x) {
    return x;
  }
}
