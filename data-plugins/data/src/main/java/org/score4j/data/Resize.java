package org.score4j.data;

/** What is done with an image that has not the size wanted. */
public enum Resize {
  /** It is refused. */
  NONE,
  /** The largest piece of the right shape is cut from its middle and scaled. */
  CROP,
  /** It is scaled, though its proportions change. */
  STRETCH
}
