package org.score4j.report;

/** Which way the processes of an animation go. */
public enum Direction {
  /** Data become noise. */
  FORWARD,
  /** Noise becomes samples. */
  REVERSE,
  /** One after the other. */
  BOTH
}
