package org.score4j.recipe.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.score4j.recipe.Samples;

class KeyDescriptionTest {
  private final List<KeyDescription> recipe = KeyDescription.ofRecipe(Samples.catalogue());

  private static KeyDescription find(List<KeyDescription> keys, String name) {
    return keys.stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow();
  }

  private static Stream<KeyDescription> all(List<KeyDescription> keys) {
    return keys.stream().flatMap(key -> Stream.concat(Stream.of(key), all(key.inside())));
  }

  @Test
  void aKeyIsToldWithTheJavadocOfItsComponent() {
    KeyDescription warmup = find(find(recipe, "training").inside(), "warmup");
    assertEquals("integer", warmup.type());
    assertEquals("500", warmup.defaultValue().orElseThrow().toString());
    assertEquals(
        "steps over which the learning rate rises linearly from 0; 0 for none",
        warmup.description());
  }

  @Test
  void aRecipeNeedsNoName() {
    KeyDescription name = find(recipe, "name");
    assertFalse(name.required());
    assertEquals("the name of the file", name.usual());
    assertTrue(find(recipe, "data").required());
  }

  @Test
  void everyKeyOfARecipeIsDescribed() {
    List<String> silent =
        all(recipe).filter(key -> key.description().isEmpty()).map(KeyDescription::name).toList();
    assertEquals(List.of(), silent);
    assertTrue(all(recipe).count() > 40);
  }

  @Test
  void theChoicesOfAKeyAreToldWithTheJavadocOfTheConstants() {
    KeyDescription loop = find(find(recipe, "sampling").inside(), "loop");
    assertEquals(List.of("auto", "host", "graph"), List.copyOf(loop.choices().keySet()));
    assertEquals(
        "On the host, which runs the graph once for each kernel.", loop.choices().get("host"));
  }
}
