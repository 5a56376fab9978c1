package org.score4j.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.score4j.engine.sampling.SamplingProgram;

/**
 * Compiled samplers of a model, of which the latest few are kept, as compiling takes longer than
 * drawing. A program serves one thread at a time.
 */
public final class SamplePrograms implements AutoCloseable {
  private static final int MOST = 4;

  private final Map<Object, Entry> entries = new LinkedHashMap<>();
  private boolean closed;

  private static final class Entry {
    private final ReentrantLock lock = new ReentrantLock();
    private List<SamplingProgram> program = List.of();
    private int users;
  }

  /**
   * Draws with a program.
   *
   * @param key equal for equal programs
   * @param compiler makes the program, unless it is kept
   */
  public void draw(Object key, Supplier<SamplingProgram> compiler, Consumer<SamplingProgram> work) {
    Entry entry = enter(key);
    entry.lock.lock();
    try {
      if (entry.program.isEmpty()) {
        entry.program = List.of(compiler.get());
      }
      work.accept(entry.program.get(0));
    } finally {
      entry.lock.unlock();
      leave(entry);
    }
  }

  private synchronized Entry enter(Object key) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    Entry entry = entries.remove(key);
    if (entry == null) {
      entry = new Entry();
    }
    // The latest is the last.
    entries.put(key, entry);
    entry.users++;
    return entry;
  }

  private synchronized void leave(Entry entry) {
    entry.users--;
    List<Object> idle = new ArrayList<>();
    entries.forEach(
        (key, each) -> {
          if (each.users == 0) {
            idle.add(key);
          }
        });
    int surplus = entries.size() - MOST;
    idle.stream().limit(Math.max(0, surplus)).forEach(this::drop);
    notifyAll();
  }

  private void drop(Object key) {
    entries.remove(key).program.forEach(SamplingProgram::close);
  }

  /** Waits for what is being drawn. */
  @Override
  public synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (entries.values().stream().anyMatch(each -> each.users > 0)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    List.copyOf(entries.keySet()).forEach(this::drop);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
