package org.score4j.benchmarks;

import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Small pieces, measured by JMH. */
final class PiecesSuite implements Suite {

  @Override
  public String name() {
    return "pieces";
  }

  @Override
  public void run(Lab lab) {
    var options =
        new OptionsBuilder()
            .include(Pieces.class.getName())
            .jvmArgsPrepend(
                "-Dscore4j.recipe=" + lab.recipe("cifar10"),
                "-XX:ActiveProcessorCount=" + lab.threads())
            .warmupIterations(lab.quick() ? 1 : 5)
            .measurementIterations(lab.quick() ? 2 : 10)
            .warmupTime(TimeValue.milliseconds(lab.quick() ? 300 : 1000))
            .measurementTime(TimeValue.milliseconds(lab.quick() ? 300 : 1000))
            .build();
    try {
      for (RunResult result : new Runner(options).run()) {
        var primary = result.getPrimaryResult();
        Statistics times = primary.getStatistics();
        lab.add(
            name(),
            primary.getLabel(),
            new Estimate(
                times.getPercentile(50),
                times.getPercentile(25),
                times.getPercentile(75),
                (int) times.getN()),
            "us",
            Optional.empty(),
            "");
      }
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH: " + e.getMessage(), e);
    }
  }
}
