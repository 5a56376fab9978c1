package org.score4j.loss;

/** How an example's squared errors become one number. */
public enum Reduction {
  /** Their mean over dimensions: losses of data of different size can be compared. */
  MEAN,

  /** Half their sum over dimensions, as the objectives are written in the papers. */
  SUM
}
