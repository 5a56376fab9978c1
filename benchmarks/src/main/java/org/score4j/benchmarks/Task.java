package org.score4j.benchmarks;

import java.util.Map;

/** Work that is timed, as often as it is asked for. */
interface Task extends AutoCloseable {

  /** Does the work once, to its end. */
  void run();

  /** What the last run came to, by name and row-major; empty if that is not to be compared. */
  default Map<String, float[]> outputs() {
    return Map.of();
  }

  @Override
  default void close() {}
}
