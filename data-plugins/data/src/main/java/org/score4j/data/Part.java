package org.score4j.data;

/** A part of data that are divided in two. */
public enum Part {
  /** What is learnt from. */
  TRAINING,
  /** What is kept from training, to compare with. */
  HELD_OUT
}
