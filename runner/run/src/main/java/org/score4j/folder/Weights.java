package org.score4j.folder;

/** Which of a checkpoint's weights. */
public enum Weights {
  /** The moving averages of the parameters. */
  EMA("ema"),

  /** The parameters themselves. */
  PARAMETERS("model");

  private final String prefix;

  Weights(String prefix) {
    this.prefix = prefix;
  }

  /** What they are called. */
  public String words() {
    return this == EMA ? "the EMA weights" : "the parameters";
  }

  /** What the names of these weights in a checkpoint start with, before a slash. */
  public String prefix() {
    return prefix;
  }
}
