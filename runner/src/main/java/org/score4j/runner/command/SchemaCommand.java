package org.score4j.runner.command;

import java.util.concurrent.Callable;
import org.score4j.runner.recipe.RecipeSchema;
import org.score4j.runner.recipe.RecipeWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of recipes. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the JSON Schema of recipes for the plugins there are.",
      "An editor that is told of it by the recipe's key $schema completes and checks keys."
    })
final class SchemaCommand implements Callable<Integer> {
  @Mixin private Plugins plugins;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    // Line feeds on every system, as the schema is a file to be kept and compared.
    out.print(RecipeWriter.pretty(RecipeSchema.of(plugins.load())).replace("\r\n", "\n") + "\n");
    out.flush();
    return 0;
  }
}
