package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes all measurements, or some. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Measures score4j.")
final class Benchmarks implements Callable<Integer> {
  private static final List<Suite> SUITES =
      List.of(
          new LibtorchSuite(),
          new CeilingSuite(),
          new BoundSuite(),
          new RunnerSuite(),
          new LinearSuite(),
          new PiecesSuite(),
          new ProfileSuite());

  @Parameters(
      description = "libtorch, ceiling, bound, runner, linear, pieces, profile; all unless given.")
  private List<String> suites = List.of();

  @Option(names = "--quick", description = "Few repetitions, kept apart: to see that it works.")
  private boolean quick;

  @Option(names = "--threads", description = "Of one operation; ${DEFAULT-VALUE} unless given.")
  private int threads = 2;

  @Option(
      names = "--processor-time",
      description =
          "Measure the time that processors worked, not that passed: with --threads 1, for a first"
              + " look on a machine that is busy.")
  private boolean processorTime;

  @Option(names = "--verbose", description = "Show what worker processes say.")
  private boolean verbose;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  @Override
  public Integer call() {
    System.setProperty("score4j.benchmarks.verbose", Boolean.toString(verbose));
    System.setProperty(Worker.PROCESSOR_TIME, Boolean.toString(processorTime));
    Path root = Path.of(System.getProperty("score4j.root")).toAbsolutePath().normalize();
    Path folder = root.resolve("benchmarks");
    Lab lab = new Lab(root, quick ? folder.resolve("target/quick") : folder, quick, threads);
    List<String> known = SUITES.stream().map(Suite::name).toList();
    if (!known.containsAll(suites)) {
      System.err.println("benchmarks/run: there are " + String.join(", ", known));
      return 2;
    }
    for (Suite suite : SUITES) {
      if (suites.isEmpty() || suites.contains(suite.name())) {
        suite.run(lab);
        Report.write(lab);
      }
    }
    return 0;
  }
}
