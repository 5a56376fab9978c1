package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.runner.recipe.RecipeReader;
import org.score4j.runner.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Draws samples from a trained run. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = "Draws samples from a run's newest checkpoint, by its averaged parameters.")
final class SampleCommand implements Callable<Integer> {
  private final RunOpener opener;
  @Mixin private Plugins plugins;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Mixin private DrawOptions draw;

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = {
        "JSON whose keys replace those of the recipe, as examples/inpainting.json.",
        "Its paths are relative to the working folder."
      })
  private Optional<Path> with = Optional.empty();

  @Inject
  SampleCommand(RunOpener opener) {
    this.opener = opener;
  }

  @Override
  public Integer call() {
    List<String> all = new ArrayList<>();
    with.ifPresent(file -> all.addAll(RecipeReader.settings(file)));
    all.addAll(draw.settings());
    Run.Drawn drawn = opener.reopen(draw.run(), all, plugins, run -> run.sample(draw.seed()));
    if (json.wanted()) {
      json.print(spec, json(drawn));
    } else {
      drawn.lines().forEach(System.out::println);
    }
    return 0;
  }

  private static ObjectNode json(Run.Drawn drawn) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("count", drawn.count());
    told.put("seed", drawn.seed());
    told.put("step", drawn.step());
    told.put("evaluations", drawn.evaluations());
    told.put("samples", drawn.file().toAbsolutePath().toString());
    drawn.picture().ifPresent(picture -> told.put("picture", picture.toAbsolutePath().toString()));
    ObjectNode measured = told.putObject("measurements");
    drawn.measurements().forEach(m -> measured.put(m.name(), m.value()));
    return told;
  }
}
