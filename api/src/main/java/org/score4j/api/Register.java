package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A tensor that stays on the device between the runs of {@link Kernel}s. As a term of a formula it
 * is what the register holds when a kernel starts.
 */
public interface Register extends Term {

  /** What a kernel is to leave in the register; of the register's shape. */
  Update set(Operand<TFloat32> value);

  /**
   * The assignment of a value to a register.
   *
   * @param register where it goes
   * @param value what goes there
   */
  record Update(Register register, Operand<TFloat32> value) {}
}
