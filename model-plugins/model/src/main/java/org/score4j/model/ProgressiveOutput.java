package org.score4j.model;

/** How the output grows along a network's way up. */
public enum ProgressiveOutput {
  /** It does not: the last resolution makes it. */
  NONE,

  /** Each resolution makes an image, which is doubled and added to that of the next. */
  OUTPUT_SKIP,

  /** A second stream: a doubling convolution at each resolution, to which h is added. */
  RESIDUAL
}
