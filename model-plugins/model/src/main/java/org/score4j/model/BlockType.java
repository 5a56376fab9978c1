package org.score4j.model;

/** What the residual blocks of a score network are. */
public enum BlockType {
  /** Those of DDPM; a convolution or a filter between resolutions. */
  DDPM,

  /** Those of BigGAN, which also double and halve. */
  BIGGAN
}
