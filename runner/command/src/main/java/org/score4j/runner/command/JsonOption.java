package org.score4j.runner.command;

import org.score4j.recipe.RecipeWriter;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The option of commands whose results programs read too. */
final class JsonOption {
  @Option(names = "--json", description = "Prints JSON, for programs.")
  private boolean wanted;

  boolean wanted() {
    return wanted;
  }

  void print(JsonNode json) {
    System.out.println(RecipeWriter.pretty(json));
  }
}
