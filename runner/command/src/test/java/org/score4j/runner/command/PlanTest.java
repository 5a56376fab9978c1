package org.score4j.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class PlanTest {

  @ParameterizedTest
  @CsvSource({
    "0, 'nothing trained there yet'",
    "39, resumes after step 39",
    "40, 'already trained to step 40'"
  })
  void anOutputIsToldByHowFarItIsTrained(long trained, String told) {
    Training training = mock(Training.class);
    when(training.steps()).thenReturn(40);
    Recipe recipe = mock(Recipe.class);
    when(recipe.name()).thenReturn("points");
    when(recipe.training()).thenReturn(Optional.of(training));
    when(recipe.model()).thenReturn(Optional.empty());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("training").putObject("optimizer").put("type", "adam");
    List<String> lines = new Plan(json, recipe).lines(Path.of("out"), trained);
    assertEquals("output    out, " + told, lines.get(lines.size() - 1));
  }
}
