package org.score4j.engine.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.score4j.api.Feed;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Progress;

/** What a sampler's loop did when it was run with kernels that only take note of it. */
final class LoopRecording implements CompiledSampler.Executor, Progress {

  /** One run of a kernel. */
  record Run(CompiledSampler.Target target, List<Feed> feeds) {}

  /** A report of progress after so many runs. */
  private record Report(int runs, long done, long total) {}

  /** A run takes some 200 bytes. */
  private static final int MOST_RUNS = 5_000_000;

  private final List<Run> runs = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();

  @Override
  public double[] run(List<Feed> feeds, CompiledSampler.Target target) {
    if (runs.size() == MOST_RUNS) {
      throw new InvalidValueException(
          "sampling.loop",
          "a sampler of more than " + MOST_RUNS + " runs of kernels",
          "must be \"host\" for so many");
    }
    runs.add(new Run(target, feeds));
    return new double[0];
  }

  @Override
  public void step(long done, long total) {
    reports.add(new Report(runs.size(), done, total));
  }

  /**
   * Does what was noted.
   *
   * @param chunk number of runs done together, 1 or more
   * @param executor does them
   * @param progress told, after each chunk, of the steps that it completed
   */
  void replay(int chunk, Consumer<List<Run>> executor, Progress progress) {
    int next = 0;
    int done = 0;
    while (true) {
      for (; next < reports.size() && reports.get(next).runs() <= done; next++) {
        progress.step(reports.get(next).done(), reports.get(next).total());
      }
      if (done == runs.size()) {
        return;
      }
      int end = Math.min(runs.size(), done + chunk);
      executor.accept(runs.subList(done, end));
      done = end;
    }
  }
}
