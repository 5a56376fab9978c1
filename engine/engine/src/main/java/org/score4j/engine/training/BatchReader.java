package org.score4j.engine.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.score4j.api.Examples;

/**
 * Batches of training examples: step n takes the positions from (n - 1) B to n B - 1 of a shuffled
 * order, so that the step's number alone is the position in the data.
 *
 * <p>While a step runs, the batch of the next is read and decoded in the background, each thread
 * taking a stretch of its rows. The bits do not depend on the number of threads. Two batches are in
 * memory.
 */
public final class BatchReader implements AutoCloseable {
  /**
   * Training examples, one after the other.
   *
   * @param data as {@link Examples#read} writes them, in native byte order
   * @param labels the class of each; all 0 if the examples are not labelled
   */
  public record Batch(ByteBuffer data, int[] labels) {}

  private final Examples examples;
  private final int batchSize;
  private final long seed;
  private final int threads;
  private final ExecutorService workers;

  private Batch current;
  private Batch other;
  private long nextStep;
  private List<Future<?>> next = List.of();
  private volatile boolean closed;

  /**
   * A reader of batches.
   *
   * @param seed determines the order; a density without end is read in its own
   * @param threads that read ahead, at least 1
   */
  public BatchReader(Examples examples, int batchSize, long seed, int threads) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.seed = seed;
    this.threads = Math.min(threads, batchSize);
    current = allocate();
    other = allocate();
    workers = Executors.newFixedThreadPool(this.threads, BatchReader::worker);
  }

  /** Half of the machine's processors, so that enough are left to compute; from 1 to 8. */
  public static int usualThreads() {
    return Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "batch-reader");
    thread.setDaemon(true);
    return thread;
  }

  private Batch allocate() {
    int elementBytes = examples.pixels().isPresent() ? 1 : Float.BYTES;
    long bytes = Math.multiplyExact(examples.shape().size() * elementBytes, batchSize);
    ByteBuffer data = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
    return new Batch(data.order(ByteOrder.nativeOrder()), new int[batchSize]);
  }

  /**
   * The batch of a step, which is overwritten by the next call; it is there at once if the steps
   * are asked for one after the other. What reading throws, this throws: of several rows' faults,
   * the first row's.
   *
   * @param step the step's number, from 1
   * @throws CancellationException if the thread is interrupted while it waits
   */
  public Batch read(long step) {
    if (next.isEmpty() || nextStep != step) {
      // What is under way belongs to another step and must not write into the batch any more.
      settle();
      next = begin(step);
    }
    List<Future<?>> asked = next;
    next = List.of();
    nextStep = step + 1;
    try {
      asked.forEach(BatchReader::await);
    } catch (RuntimeException | Error e) {
      next = asked;
      settle();
      throw e;
    }
    Batch ready = other;
    other = current;
    current = ready;
    next = begin(step + 1);
    return ready;
  }

  /** Starts reading the batch of a step into the one that is not in use. */
  private List<Future<?>> begin(long step) {
    Batch into = other;
    List<Future<?>> stretches = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int from = (int) ((long) batchSize * i / threads);
      int to = (int) ((long) batchSize * (i + 1) / threads);
      stretches.add(workers.submit(() -> read(step, from, to, into)));
    }
    return stretches;
  }

  private void read(long step, int from, int to, Batch into) {
    int bytes = into.data().capacity() / batchSize;
    ByteBuffer rows = into.data().duplicate().order(ByteOrder.nativeOrder());
    rows.limit(to * bytes).position(from * bytes);
    for (int row = from; row < to && !closed; row++) {
      long index = index((step - 1) * batchSize + row);
      examples.read(index, rows);
      into.labels()[row] = examples.classes() > 0 ? examples.label(index) : 0;
    }
  }

  private long index(long position) {
    return examples.size().isPresent()
        ? new ExampleOrder(seed, examples.size().getAsLong()).at(position)
        : position;
  }

  private static void await(Future<?> stretch) {
    try {
      stretch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      // Reading throws nothing that is checked.
      throw (Error) e.getCause();
    }
  }

  /** Waits for what is under way, and forgets it. */
  private void settle() {
    for (Future<?> stretch : next) {
      try {
        await(stretch);
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        // A fault of a batch that nobody asked for, or that is already being told.
        continue;
      }
    }
    next = List.of();
  }

  /** Ends the threads, after the rows they are at. */
  @Override
  public void close() {
    closed = true;
    // Not interrupted: that would close the files they read from, for everyone.
    workers.shutdown();
    try {
      while (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
