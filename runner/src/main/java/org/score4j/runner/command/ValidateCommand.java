package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.score4j.runner.doctor.PluginCheck;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeReader;
import org.score4j.runner.recipe.RecipeText;
import org.score4j.runner.recipe.RecipeWriter;
import org.score4j.runner.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks a recipe and says what it would do. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a recipe and says what it would do; opens no data and writes nothing.",
      "Exit status: 0 if it can be run, 2 if not."
    })
final class ValidateCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  @Mixin private RecipeOptions options;
  @Mixin private Plugins plugins;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!json.wanted()) {
      plan().forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return 0;
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    try {
      PluginCatalogue catalogue = load();
      Recipe recipe = read(catalogue);
      told.put("ok", true);
      told.put("output", output(recipe).toString());
      told.set("recipe", new RecipeWriter(catalogue).json(recipe));
    } catch (BadInput e) {
      told.put("ok", false);
      ArrayNode problems = told.putArray("problems");
      e.lines().forEach(problems::add);
    }
    json.print(spec, told);
    return told.get("ok").asBoolean() ? 0 : BAD_INPUT;
  }

  private PluginCatalogue load() {
    PluginCatalogue catalogue = plugins.load();
    PluginCheck.warnings(catalogue).forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getErr().flush();
    return catalogue;
  }

  private List<String> plan() {
    PluginCatalogue catalogue = load();
    Recipe recipe = read(catalogue);
    var plan = new Plan(new RecipeWriter(catalogue).json(recipe), recipe);
    return plan.lines(output(recipe), new RunFolder(output(recipe)).trainedTo());
  }

  private Recipe read(PluginCatalogue catalogue) {
    RecipeText text =
        options
            .recipe()
            .map(RecipeText::of)
            .orElseThrow(() -> new BadInput("--recipe FILE is missing: which recipe to validate?"));
    return new RecipeReader(catalogue).read(text, options.settings());
  }

  private Path output(Recipe recipe) {
    return options.output().orElseGet(() -> Path.of("runs", recipe.name()));
  }
}
