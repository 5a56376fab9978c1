package org.score4j.api;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a sampler is made from: the state, the score field, noise, and kernels. */
public interface SamplerGraph {

  /** Where the sampler adds its operations. */
  Ops tf();

  /** The forward process to be reversed. */
  Sde sde();

  /**
   * The samples [B, ...]: drawn from the prior when the loop starts, returned to the caller when it
   * ends.
   */
  Register state();

  /**
   * Another register of the state's shape, all zero when the loop starts; made anew at each call.
   */
  Register register(String name);

  /**
   * The score field at what a register holds, taken to be samples at a noise level. Whenever a
   * kernel runs that depends on it, the level must be fed, and beforehand
   *
   * <ul>
   *   <li>each {@link Control} changes the register as its {@link Control#state} says;
   *   <li>if the register is {@link #state()}, whoever follows the samples from the prior to the
   *       data is told of it: it must be a state on their way. A method that tries steps, which it
   *       may refuse, does so in another register.
   * </ul>
   *
   * <p>A kernel takes a register to be at one level only.
   */
  FieldAt at(Register x, Level level);

  /** A number that the host supplies at each run; {@code name} is for graph listings only. */
  Coefficient scalar(String name);

  /** A noise level that the host supplies at each run; {@code name} is for graph listings only. */
  Level level(String name);

  /** Number of samples drawn together, B. */
  int batch();

  /**
   * Numbers that the host supplies at each run, one for each sample; {@code name} is for graph
   * listings only.
   */
  Coefficient perSample(String name);

  /**
   * Noise levels that the host supplies at each run, one for each sample; {@code name} is for graph
   * listings only.
   */
  Level levelPerSample(String name);

  /**
   * Standard normal numbers of the state's shape: independent for each call of this method and each
   * run of a kernel, and a function of the seed and the sample's own number, not of the batch in
   * which the sample is drawn.
   */
  Term noise();

  /** A kernel that writes registers and reports nothing. */
  default Kernel kernel(String name, Register.Update... updates) {
    return kernel(name, List.of(), updates);
  }

  /**
   * A kernel.
   *
   * @param name for graph listings and errors
   * @param reports values that {@link Kernel#run} returns, computed from the registers as they were
   * @param updates what it writes; each register at most once
   */
  Kernel kernel(String name, List<Operand<TFloat32>> reports, Register.Update... updates);
}
