package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.score4j.api.Metric.Measurement;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.report.DecadePlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Measures several samplers of a trained run by the evaluations they are allowed. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Measures samplers of a trained run by the network evaluations they are allowed: a table",
      "(FILE.md) and a picture of it (FILE.svg), beside the distance of the run's own data from",
      "its reference. Data that are no images want another metric: --set evaluation=[...]."
    })
final class CompareCommand implements Callable<Integer> {
  private final RunOpener opener;
  @Mixin private Plugins plugins;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--samplers",
      paramLabel = "FILE",
      required = true,
      description = "Which: a JSON list as examples/samplers.json.")
  private Path samplers;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "Where to, without an ending.")
  private Path output;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      split = ",",
      defaultValue = "10,20,50,100",
      description = "Evaluations allowed, increasing. Default: ${DEFAULT-VALUE}.")
  private List<Integer> budgets = new ArrayList<>();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Samples of each. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Replaces a value of the recipe. May be given several times.")
  private List<String> settings = new ArrayList<>();

  @Inject
  CompareCommand(RunOpener opener) {
    this.opener = opener;
  }

  private record Candidate(String json, int evaluationsPerStep) {}

  @Override
  public Integer call() {
    List<Candidate> candidates = candidates();
    List<String> common = new ArrayList<>(List.of("evaluation=[\"fid\"]"));
    common.addAll(settings);
    common.add("sampling.count=" + count);
    Optional<List<Measurement>> floor =
        opener.reopen(run, common, plugins, opened -> opened.floor());
    Map<String, List<Measurement>> found = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      List<Measurement> row = new ArrayList<>();
      for (int budget : budgets) {
        row.add(measure(candidate, budget, common));
        System.out.printf(
            Locale.ROOT,
            "%s, %d evaluations: %s%n",
            candidate.json(),
            budget,
            cell(row.get(row.size() - 1)));
      }
      found.put(candidate.json(), row);
    }
    write(found, floor.map(measurements -> measurements.get(0)));
    return 0;
  }

  private Measurement measure(Candidate candidate, int budget, List<String> common) {
    List<String> all = new ArrayList<>(common);
    all.add("sampler=" + candidate.json());
    all.add("sampler.steps=" + Math.max(1, budget / candidate.evaluationsPerStep()));
    return opener.reopen(run, all, plugins, opened -> opened.evaluate(Optional.empty())).get(0);
  }

  private List<Candidate> candidates() {
    try {
      List<Candidate> candidates = new ArrayList<>();
      for (JsonNode each : JsonMapper.shared().readTree(Files.readString(samplers))) {
        candidates.add(
            new Candidate(
                each.required("sampler").toString(), each.path("evaluationsPerStep").asInt(1)));
      }
      if (candidates.isEmpty()) {
        throw new BadInput(samplers + ": must name a sampler, as examples/samplers.json does");
      }
      return candidates;
    } catch (IOException | JacksonException e) {
      throw new BadInput(
          samplers + ": must be a JSON list as examples/samplers.json, but " + e.getMessage());
    }
  }

  private void write(Map<String, List<Measurement>> found, Optional<Measurement> floor) {
    String metric = found.values().iterator().next().get(0).name();
    List<String> lines = new ArrayList<>();
    lines.add("| " + metric + " of " + count + " samples, by evaluations |" + columns(" %d |"));
    lines.add("|---|" + columns("---:|"));
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    found.forEach(
        (sampler, row) -> {
          lines.add(
              "| `"
                  + sampler.replace("\"", "")
                  + "` | "
                  + String.join(" | ", row.stream().map(CompareCommand::cell).toList())
                  + " |");
          curves.put(sampler.replace("\"", ""), row.stream().map(Measurement::value).toList());
        });
    floor.ifPresent(
        level -> lines.add("| real images |" + (" " + cell(level) + " |").repeat(budgets.size())));
    var plot =
        new DecadePlot(
            "network evaluations",
            metric,
            budgets,
            curves,
            floor.map(m -> OptionalDouble.of(m.value())).orElse(OptionalDouble.empty()));
    try {
      Files.writeString(Path.of(output + ".md"), String.join("\n", lines) + "\n");
      Files.writeString(Path.of(output + ".svg"), plot.svg());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + output + ": " + e.getMessage(), e);
    }
  }

  private String columns(String format) {
    StringBuilder columns = new StringBuilder();
    budgets.forEach(budget -> columns.append(format.formatted(budget)));
    return columns.toString();
  }

  private static String cell(Measurement measurement) {
    return String.format(Locale.ROOT, "%.4g", measurement.value())
        + measurement
            .interval()
            .map(i -> String.format(Locale.ROOT, " ± %.2g", (i.high() - i.low()) / 2))
            .orElse("");
  }
}
