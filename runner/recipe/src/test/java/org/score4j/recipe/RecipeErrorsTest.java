package org.score4j.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.recipe.plugin.BadInput;

/**
 * Each {@code NAME.json} of the folder is a recipe that goes wrong, {@code NAME.txt} all that the
 * user is told, and {@code NAME.set}, if there is one, the settings of the command line.
 */
class RecipeErrorsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "recipes", "errors");

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFaultyRecipeIsToldAsExpected(String name) throws IOException {
    Path settings = FOLDER.resolve(name + ".set");
    List<String> given = Files.exists(settings) ? Files.readAllLines(settings) : List.of();
    BadInput told =
        assertThrows(
            BadInput.class,
            () ->
                new RecipeReader(Samples.catalogue()).read(FOLDER.resolve(name + ".json"), given));
    String shown = told.getMessage().replace(FOLDER + File.separator, "") + "\n";
    assertEquals(Files.readString(FOLDER.resolve(name + ".txt")), shown);
  }

  @Test
  void aMissingFileIsTold() {
    BadInput told =
        assertThrows(
            BadInput.class,
            () -> new RecipeReader(Samples.catalogue()).read(Path.of("none.json"), List.of()));
    assertEquals("none.json: there is no such recipe", told.getMessage());
  }

  @Test
  void thereAreManyKindsOfFault() throws IOException {
    assertTrue(names().count() >= 20);
  }
}
