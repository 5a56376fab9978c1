package org.score4j.training;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.score4j.engine.graph.Snapshot;
import org.score4j.folder.Checkpoints;

/**
 * Writes checkpoints while training goes on. A snapshot is taken at its step, so when it reaches
 * the disk makes no difference to what it holds; one is written at a time.
 */
final class CheckpointWriter implements AutoCloseable {
  private final Checkpoints checkpoints;
  private final int keepLast;
  private final int keepEvery;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "checkpoint");
            made.setDaemon(true);
            return made;
          });
  private final Written written;
  private Optional<Future<?>> writing = Optional.empty();
  private volatile long saved;

  /**
   * A writer.
   *
   * @param saved step of the newest checkpoint there is; 0 if none
   * @param written called, by whoever calls this, once a checkpoint is complete
   */
  CheckpointWriter(
      Checkpoints checkpoints, int keepLast, int keepEvery, long saved, Written written) {
    this.checkpoints = checkpoints;
    this.keepLast = keepLast;
    this.keepEvery = keepEvery;
    this.saved = saved;
    this.written = written;
  }

  /** Hears of complete checkpoints. */
  interface Written {
    void checkpoint(long step, Path file);
  }

  /** Begins to write a snapshot, which is closed here, after waiting for the one before. */
  void begin(Snapshot snapshot, long step, Map<String, String> metadata) {
    try {
      finish();
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
    writing = Optional.of(thread.submit(() -> write(snapshot, step, metadata)));
  }

  private void write(Snapshot snapshot, long step, Map<String, String> metadata) {
    try (snapshot) {
      Optional<String> broken = snapshot.notFinite();
      if (broken.isPresent()) {
        throw TrainingFailure.broken(step, broken.get(), saved);
      }
      snapshot.write(checkpoints.of(step), metadata);
      saved = step;
      checkpoints.keep(keepLast, keepEvery);
    }
  }

  /** Passes on the failure of a writing that has ended; does not wait. */
  void check() {
    if (writing.isPresent() && writing.get().isDone()) {
      finish();
    }
  }

  /** Waits until everything is on the disk. */
  void finish() {
    if (writing.isEmpty()) {
      return;
    }
    try {
      writing.get().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing a checkpoint", e);
    } finally {
      writing = Optional.empty();
    }
    written.checkpoint(saved, checkpoints.of(saved));
  }

  /** The step of the newest checkpoint on the disk; 0 if there is none. */
  long saved() {
    return saved;
  }

  /** Waits for a writing that is under way, whatever else has gone wrong. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
