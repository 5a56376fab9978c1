package org.score4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** Several workers that take turns, so that whatever else the machine does, it does to each. */
final class Alternation implements AutoCloseable {
  private final Map<String, WorkerProcess> workers = new LinkedHashMap<>();

  /** Starts a worker. */
  Alternation with(String name, Work work) {
    workers.put(name, new WorkerProcess(work));
    return this;
  }

  WorkerProcess worker(String name) {
    return workers.get(name);
  }

  /** Seconds of each worker in each round. */
  Map<String, double[]> measure(int warmUp, int rounds) {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    workers.forEach(
        (name, worker) -> {
          worker.warmUp(warmUp);
          seconds.put(name, new double[rounds]);
        });
    for (int round = 0; round < rounds; round++) {
      for (var worker : workers.entrySet()) {
        seconds.get(worker.getKey())[round] = worker.getValue().seconds();
      }
    }
    return seconds;
  }

  @Override
  public void close() {
    workers.values().forEach(WorkerProcess::close);
  }
}
