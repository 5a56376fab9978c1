package org.score4j.examples;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.score4j.Monitor;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.InvalidValueException.Fault;

/** Reads every example once, in parallel, and finds those that cannot be read. */
public final class DataCheck {
  /** As many as one can look at; the rest are counted. */
  private static final int MOST_TOLD = 100;

  private final Monitor monitor;

  /** A check that shows how far it has come. */
  @Inject
  public DataCheck(Monitor monitor) {
    this.monitor = monitor;
  }

  /**
   * Reads all examples and their labels; none of data without an end.
   *
   * @return what is wrong with all those that cannot be read, in their order; empty if all can
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  public Optional<InvalidValueException> broken(Examples examples) {
    long size = examples.size().orElse(0);
    TreeMap<Long, InvalidValueException> broken = new TreeMap<>();
    AtomicLong next = new AtomicLong();
    AtomicLong done = new AtomicLong();
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Monitor.Stage stage = monitor.begin("check data", "example", 0)) {
      List<Future<?>> workers =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(
                  worker ->
                      pool.submit(
                          () -> {
                            ByteBuffer buffer = buffer(examples);
                            long index;
                            while ((index = next.getAndIncrement()) < size) {
                              monitor.check();
                              note(examples, index, buffer, broken);
                              stage.step(done.incrementAndGet(), size);
                            }
                          }))
              .toList();
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
    return broken.isEmpty() ? Optional.empty() : Optional.of(together(broken));
  }

  private static ByteBuffer buffer(Examples examples) {
    int width = examples.pixels().isPresent() ? Byte.BYTES : Float.BYTES;
    return ByteBuffer.allocate(Math.toIntExact(examples.shape().size() * width))
        .order(ByteOrder.nativeOrder());
  }

  private static void note(
      Examples examples,
      long index,
      ByteBuffer buffer,
      TreeMap<Long, InvalidValueException> broken) {
    try {
      examples.read(index, buffer.clear());
      if (examples.classes() > 0) {
        examples.label(index);
      }
    } catch (InvalidValueException e) {
      synchronized (broken) {
        broken.put(index, e);
      }
    }
  }

  /** One exception, which was thrown where the first was, by the plugin that is to blame. */
  private static InvalidValueException together(TreeMap<Long, InvalidValueException> broken) {
    List<Fault> faults = new ArrayList<>();
    broken.values().stream().limit(MOST_TOLD).forEach(each -> faults.addAll(each.faults()));
    InvalidValueException first = broken.firstEntry().getValue();
    if (broken.size() > MOST_TOLD) {
      Fault last = first.faults().get(0);
      String rest = broken.size() - MOST_TOLD + " more that cannot be read";
      faults.add(new Fault(last.component(), rest, last.rule()));
    }
    var all = new InvalidValueException(faults);
    all.setStackTrace(first.getStackTrace());
    return all;
  }
}
