package org.score4j;

/**
 * Training or sampling could not go on, for its numbers or for the disk; what was saved is kept.
 */
public final class RunFailedException extends Score4jException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
