package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.DrawnSamples;
import org.score4j.report.picture.SamplePicture;
import org.score4j.sampling.GivenStates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Draws samples from a trained run. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = "Draws samples from a run's newest checkpoint, with its EMA weights.")
final class SampleCommand implements Callable<Integer> {
  private final Runs runs;
  @Mixin private Plugins plugins;
  @Mixin private JsonOption json;

  @Mixin private DrawOptions draw;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = {
        "Starts from the states in a safetensors file instead of draws from the prior: x [N, H, W, C]"
            + " or [N, D], or x_nchw [N, C, H, W], and labels [N] if the data have classes.",
        "They are states x_T of the forward process at its end time, at the scale of the noise, as"
            + " encode writes them. --count defaults to their number."
      })
  private Optional<Path> input = Optional.empty();

  @Inject
  SampleCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    List<String> settings = draw.settings(input.map(GivenStates::count));
    Sampled sampled =
        runs.reopen(
            draw.run(),
            settings,
            plugins,
            shown -> new Sampled(shown.run().sample(draw.seed(), input), shown.page()));
    if (json.wanted()) {
      json.print(json(sampled));
    } else {
      RunLines.of(sampled.samples(), sampled.page()).forEach(System.out::println);
    }
    return 0;
  }

  private record Sampled(DrawnSamples samples, Optional<Path> page) {}

  private static ObjectNode json(Sampled sampled) {
    DrawnSamples drawn = sampled.samples();
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("count", drawn.count());
    told.put("seed", drawn.seed());
    told.put("step", drawn.step());
    told.put("evaluations", drawn.evaluations());
    told.put("samples", drawn.file().toAbsolutePath().toString());
    SamplePicture.of(drawn)
        .ifPresent(picture -> told.put("picture", picture.toAbsolutePath().toString()));
    sampled.page().ifPresent(page -> told.put("page", page.toAbsolutePath().toString()));
    ObjectNode measured = told.putObject("measurements");
    drawn.measurements().forEach(m -> measured.put(m.name(), m.value()));
    return told;
  }
}
