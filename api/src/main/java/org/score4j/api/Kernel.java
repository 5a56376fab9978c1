package org.score4j.api;

/** Term arithmetic compiled once and run many times. */
@FunctionalInterface
public interface Kernel {

  /**
   * Evaluates every right-hand side, then writes every register.
   *
   * @param feeds values for each {@link Coefficient} and {@link Level} the kernel depends on
   * @return the kernel's reported values, flattened in order; empty if it reports none
   * @throws IllegalArgumentException if an input is not fed
   */
  double[] run(Feed... feeds);
}
