package org.score4j.runner.command;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C (or a polite kill) end work at the next step instead of in the middle of one.
 *
 * <p>The virtual machine, told to stop, asks here and waits until the work has been put away.
 */
public final class Interruption {
  private static final long PATIENCE_MINUTES = 5;

  private final CountDownLatch putAway = new CountDownLatch(1);
  private volatile boolean requested;

  private Interruption() {}

  /** Starts to listen. */
  public static Interruption listen() {
    var interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::requestAndWait, "interruption"));
    return interruption;
  }

  private void requestAndWait() {
    requested = true;
    try {
      putAway.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the work is to stop. */
  public boolean requested() {
    return requested;
  }

  /**
   * Goes on unless the work is to stop.
   *
   * @throws CancellationException if it is
   */
  public void check() {
    if (requested) {
      throw new CancellationException("interrupted");
    }
  }

  /** Nothing is left to put away: the virtual machine may stop. */
  public void finished() {
    putAway.countDown();
  }
}
