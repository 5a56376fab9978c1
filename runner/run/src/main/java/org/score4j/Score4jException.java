package org.score4j;

/** What the library throws apart from cancellation; the message is for the user. */
public abstract sealed class Score4jException extends RuntimeException
    permits InvalidInputException, RunFailedException {
  private static final long serialVersionUID = 1L;

  Score4jException(String message, Throwable cause) {
    super(message, cause);
  }
}
