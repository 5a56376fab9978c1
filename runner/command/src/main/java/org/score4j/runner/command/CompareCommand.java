package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.api.Metric.Measurement;
import org.score4j.evaluation.MeasuredCells;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.format.AsideFile;
import org.score4j.recipe.json.JsonFile;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.chart.ComparisonTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Compares samplers on a trained run, by number of function evaluations (NFE). */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares samplers on a trained run, by number of function evaluations (NFE).",
      "Writes a table (FILE.md) and a plot (FILE.svg), with the metric of the run's own data against"
          + " its reference for comparison. Each value is saved to FILE.jsonl as soon as it is"
          + " measured, so the same command resumes after an interruption. The metric is FID; for"
          + " data other than images set another one: --set evaluation=[...]."
    })
final class CompareCommand implements Callable<Integer> {
  private final Runs runs;
  @Mixin private Plugins plugins;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--samplers",
      paramLabel = "FILE",
      required = true,
      description = "The samplers, a JSON list such as examples/samplers.json.")
  private Path samplers;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "Output files, without the extension.")
  private Path output;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      split = ",",
      defaultValue = "10,20,50,100",
      description = "Budgets (NFE), increasing. Default: ${DEFAULT-VALUE}.")
  private List<Integer> budgets = new ArrayList<>();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Samples per measurement. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Replaces a value of the recipe. May be given several times.")
  private List<String> settings = new ArrayList<>();

  @Inject
  CompareCommand(Runs runs) {
    this.runs = runs;
  }

  private record Candidate(String json, int evaluationsPerStep) {
    String title() {
      return json.replace("\"", "");
    }

    List<String> settings(int budget, List<String> common) {
      List<String> all = new ArrayList<>(common);
      all.add("sampler=" + json);
      all.add("sampler.steps=" + Math.max(1, budget / evaluationsPerStep));
      return all;
    }
  }

  @Override
  public Integer call() {
    List<Candidate> candidates = candidates();
    List<String> common = new ArrayList<>(List.of("evaluation=[\"fid\"]"));
    common.addAll(settings);
    common.add("sampling.count=" + count);
    check(candidates, common);
    var cells = new MeasuredCells(Path.of(output + ".jsonl"));
    Optional<Measurement> floor =
        runs.reopen(run, common, plugins, opened -> opened.run().floor())
            .map(found -> found.get(0));
    floor.ifPresent(level -> System.out.println("real data: " + ComparisonTable.cell(level)));
    Map<String, List<Measurement>> rows = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      List<Measurement> row = new ArrayList<>();
      for (int budget : budgets) {
        Measurement found = measure(candidate, budget, common, cells);
        System.out.println(
            String.format(
                Locale.ROOT,
                "%s, NFE %d: %s",
                candidate.title(),
                budget,
                ComparisonTable.cell(found)));
        row.add(found);
      }
      rows.put(candidate.title(), row);
    }
    write(new ComparisonTable(count, budgets, rows, floor));
    return 0;
  }

  private void check(List<Candidate> candidates, List<String> common) {
    for (int i = 0; i < budgets.size(); i++) {
      if (budgets.get(i) <= (i == 0 ? 0 : budgets.get(i - 1))) {
        throw new BadInput("--evaluations " + budgets + ": must increase, from 1 or more");
      }
    }
    new NewOutput(output, true).check();
    for (String ending : List.of(".md", ".svg", ".jsonl")) {
      new NewOutput(Path.of(output + ending), true).checkFilePlace();
    }
    runs.check(
        run,
        candidates.stream().map(each -> each.settings(budgets.get(0), common)).toList(),
        plugins);
  }

  private Measurement measure(
      Candidate candidate, int budget, List<String> common, MeasuredCells cells) {
    List<String> all = candidate.settings(budget, common);
    return cells.get(
        Map.of(
            "run", run.toString(), "weights", new RunFolder(run).newestWeights(), "settings", all),
        () ->
            runs.reopen(run, all, plugins, opened -> opened.run().evaluate(Optional.empty()))
                .get(0));
  }

  private List<Candidate> candidates() {
    JsonNode list = JsonFile.read(samplers);
    if (!list.isArray() || list.isEmpty()) {
      throw new BadInput(
          samplers + ": must be a JSON list of samplers, as examples/samplers.json is");
    }
    return list.values().stream().map(this::candidate).toList();
  }

  private Candidate candidate(JsonNode each) {
    JsonNode evaluations = each.path("evaluationsPerStep");
    boolean counted = evaluations.isMissingNode() || evaluations.isInt();
    if (!each.has("sampler") || !counted || evaluations.asInt(1) < 1) {
      throw new BadInput(
          samplers
              + ": an element must be {\"sampler\": ..., \"evaluationsPerStep\": N} with N of 1 or"
              + " more, found "
              + each);
    }
    return new Candidate(each.get("sampler").toString(), evaluations.asInt(1));
  }

  private void write(ComparisonTable table) {
    write(".md", table.markdown());
    write(".svg", table.plot().svg());
  }

  private void write(String ending, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AsideFile.write(Path.of(output + ending), out -> out.write(bytes));
  }
}
