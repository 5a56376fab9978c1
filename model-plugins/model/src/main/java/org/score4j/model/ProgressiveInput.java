package org.score4j.model;

/** How smaller and smaller versions of the input enter a network's way down. */
public enum ProgressiveInput {
  /** Not at all. */
  NONE,

  /** The input itself, halved again and again, through a 1x1 convolution. */
  INPUT_SKIP,

  /** A second, thinner stream: a halving convolution at each resolution, to which h is added. */
  RESIDUAL
}
