package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.score4j.Monitor;
import org.score4j.engine.score.Divergence;
import org.score4j.flow.FlowSettings;
import org.score4j.flow.Likelihood;
import org.score4j.flow.LikelihoodRequest;
import org.score4j.folder.NewOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes the log-likelihood of data by a trained run. */
@Command(
    name = "likelihood",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the log-likelihood of data with the probability-flow ODE: bits/dim for 8-bit images,"
          + " uniformly dequantized, nats otherwise.",
      "The data are those of --input, or else the recipe's reference, or else its data.",
      "The output, if given, contains log_density and standard_error [N] in nats, and"
          + " bits_per_dimension [N]; the same command then resumes after an interruption."
    })
final class LikelihoodCommand implements Callable<Integer> {
  private final Runs runs;
  private final Monitor monitor;
  @Mixin private Plugins plugins;
  @Mixin private SettingsOption settings;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = {
        "Safetensors file of other data: x [B, H, W, C] or [B, D], or x_nchw [B, C, H, W], or"
            + " an output of sample; and labels [B] if the data have classes.",
        "8-bit images are bytes (U8), or values in the run's range, which are rounded to bytes."
      })
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "Index of the first example. Default: 0.")
  private long first;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of examples. Default: all; 1000 for a density.")
  private Optional<Long> count = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of dequantization and probes. Default: 0.")
  private long seed;

  @Option(
      names = "--divergence",
      paramLabel = "HOW",
      description = {
        "exact, or estimated (Hutchinson) with rademacher or gaussian probes.",
        "Default: exact up to 16 dimensions, else rademacher."
      })
  private Optional<Divergence.Method> divergence = Optional.empty();

  @Option(
      names = "--probes",
      paramLabel = "N",
      description = "Probes per example; 2 or more give a standard error. Default: 1.")
  private int probes = 1;

  @Option(
      names = "--density-tolerance",
      paramLabel = "E",
      description = {
        "Relative and absolute tolerance of the log-density, per step.",
        "Default: 1e-4; 0: --tolerance alone sets the step size, which is too coarse near t = 0."
      })
  private double densityTolerance = 1e-4;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description =
          "Output file with the values of every example; must not exist, unless with --force.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--force", description = "Replaces an existing output.")
  private boolean force;

  @Mixin private FlowOptions flow;
  @Mixin private WeightsOption weights;

  @Inject
  LikelihoodCommand(Runs runs, Monitor monitor) {
    this.runs = runs;
    this.monitor = monitor;
  }

  @Override
  public Integer call() {
    var request =
        FlowOptions.told(
            () ->
                new LikelihoodRequest(
                    input,
                    first,
                    count.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    seed,
                    flow.settings(weights.which(), FlowSettings.DENSITY_TOLERANCE),
                    densityTolerance == 0 ? Optional.empty() : Optional.of(densityTolerance),
                    divergence,
                    probes));
    var outcome = runs.read(run, settings.get(), plugins, Likelihood.class, l -> tell(l, request));
    if (outcome.resumed() > 0) {
      System.out.println("resumed after " + outcome.resumed() + " examples");
    }
    System.out.printf(
        Locale.ROOT,
        "%.4f %s%s, of %d example%s, %s%s%n",
        outcome.mean(),
        outcome.unit(),
        standardError(outcome),
        outcome.count(),
        outcome.count() == 1 ? "" : "s",
        outcome.times().fromData(),
        output.map(path -> ": " + path).orElse(""));
    return 0;
  }

  private static String standardError(Likelihood.Outcome outcome) {
    return outcome.standardError().isPresent()
        ? String.format(Locale.ROOT, ", standard error %.4f", outcome.standardError().getAsDouble())
        : " (standard error unknown; --probes 2 or more give it)";
  }

  private Likelihood.Outcome tell(Likelihood likelihood, LikelihoodRequest request) {
    Optional<NewOutput> kept = output.map(path -> new NewOutput(path, force));
    likelihood.check(request, kept);
    likelihood.notes(request).forEach(monitor::note);
    monitor.note("likelihood: building the graph; the first step takes longest");
    try (Monitor.Stage stage = monitor.begin("likelihood", "step", 0)) {
      return likelihood.tell(request, kept, stage);
    } catch (CancellationException e) {
      monitor.note(
          output.isPresent()
              ? "interrupted; to resume, give the same command again"
              : "interrupted; with --output FILE it could have resumed from here");
      throw e;
    }
  }
}
