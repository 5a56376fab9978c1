package org.score4j.data;

/** What is done with images that cannot be read. */
public enum Broken {
  /** They end the work, by name. */
  REFUSE,
  /** All images are decoded when the data are opened; those that cannot be are left out. */
  SKIP
}
