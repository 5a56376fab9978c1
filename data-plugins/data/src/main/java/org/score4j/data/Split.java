package org.score4j.data;

/** The part of a data set that its authors set apart for a purpose. */
public enum Split {
  /** To learn from. */
  TRAIN,
  /** To compare with. */
  TEST
}
