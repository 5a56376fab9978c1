package org.score4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.recipe.json.RecipeText;

class EarlierRunTest {
  @TempDir Path folder;

  private List<String> settings(String manifest, String recipe, String... settings)
      throws IOException {
    Path file = folder.resolve("manifest.json");
    Files.writeString(file, manifest);
    return EarlierRun.settings(
        file, true, new RecipeText("r.json", "r", folder, recipe), List.of(settings));
  }

  @Test
  void aRunFromBeforeStandardizationStaysAsItWas() throws IOException {
    String before = "{\"seed\": 0, \"provenance\": {}}";
    assertEquals(List.of("a=1", "standardize=false"), settings(before, "{}", "a=1"));
    assertEquals(List.of("standardize=true"), settings(before, "{}", "standardize=true"));
    assertEquals(List.of(), settings(before, "{\"standardize\": true}"));
    assertEquals(List.of(), settings("{\"standardize\": true, \"provenance\": {}}", "{}"));
    assertEquals(List.of(), settings("damaged", "{}"));
  }

  @Test
  void aTrainedRunKeepsItsUnits() throws IOException {
    String before = "{\"standardization\":{\"mean\":[2.0],\"deviation\":[3.0]},\"provenance\":{}}";
    assertEquals(
        List.of("standardization={\"mean\":[2.0],\"deviation\":[3.0]}"), settings(before, "{}"));
    assertEquals(List.of(), settings(before, "{\"standardize\": true}"));
    String asIs = "{\"standardize\": false, \"provenance\": {}}";
    assertEquals(List.of("standardize=false"), settings(asIs, "{}"));
    assertEquals(List.of(), settings(asIs, "{\"standardize\": true}"));
  }

  @Test
  void aNewRunTakesTheDefault() {
    assertEquals(
        List.of(),
        EarlierRun.settings(
            folder.resolve("none"), false, new RecipeText("r.json", "r", folder, "{}"), List.of()));
  }
}
