package org.score4j.runner.command;

import java.util.concurrent.Callable;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.schema.RecipeSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the JSON Schema of recipes. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the JSON Schema of recipes, for the installed plugins.",
      "An editor that finds it through the recipe's $schema key completes and checks keys."
    })
final class SchemaCommand implements Callable<Integer> {
  @Mixin private Plugins plugins;

  @Override
  public Integer call() {
    // Line feeds on every system, as the schema is a file to be kept and compared.
    System.out.print(
        RecipeWriter.pretty(RecipeSchema.of(plugins.load())).replace("\r\n", "\n") + "\n");
    return 0;
  }
}
