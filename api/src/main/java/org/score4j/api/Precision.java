package org.score4j.api;

/**
 * Arithmetic of a network's convolutions and matrix products. Parameters, statistics, softmax and
 * losses are float32 in either.
 */
public enum Precision {
  /** IEEE single precision throughout. */
  FLOAT32,

  /**
   * Operands of each product, and a bias that is added to it, rounded to bfloat16 (8 bits of
   * significand).
   */
  BFLOAT16
}
