package org.score4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.engine.size.ModelSize;
import org.tensorflow.ndarray.Shape;

/** What the recipes here are said to be. */
class RecipesTest {

  @ParameterizedTest
  @CsvSource({"cifar10, 35218947", "small, 6337281", "points, 404482"})
  void networksHaveTheParametersOfTheirCounterparts(String name, long parameters) {
    Subject subject = Subject.of(Path.of("recipes", name + ".json"));
    long ours = ModelSize.of(subject.recipe().scoreModel(), subject.example()).parameters();
    assertEquals(parameters, ours);
  }

  @Test
  void shapesAreThoseOfTheData() {
    assertEquals(Shape.of(32, 32, 3), Subject.of(Path.of("recipes", "cifar10.json")).example());
    assertEquals(Shape.of(28, 28, 1), Subject.of(Path.of("recipes", "small.json")).example());
  }
}
