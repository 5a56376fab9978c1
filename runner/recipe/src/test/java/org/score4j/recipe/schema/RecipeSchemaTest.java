package org.score4j.recipe.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.recipe.Samples;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RecipeSchemaTest {
  private final ObjectNode schema = RecipeSchema.of(Samples.catalogue());

  private String definition(String name) {
    return schema.get("$defs").get(name).toString();
  }

  @Test
  void aPluginIsAnObjectOfItsKeys() {
    assertEquals(
        "{\"type\":\"object\",\"properties\":{\"type\":{\"const\":\"mlp\"},"
            + "\"width\":{\"type\":\"integer\",\"default\":128},"
            + "\"depths\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"array\","
            + "\"items\":{\"type\":\"integer\"}}],\"default\":[2,2]},"
            + "\"skip\":{\"type\":\"boolean\",\"default\":true},"
            + "\"prediction\":{\"enum\":[\"score\",\"noise\",\"denoised\",\"velocity\"],"
            + "\"default\":\"noise\"},"
            + "\"activation\":{\"type\":\"string\",\"default\":\"swish\"}},"
            + "\"additionalProperties\":false}",
        definition("score-model:mlp"));
  }

  @Test
  void requiredKeysAndGroupsAreToldWithoutDefaults() {
    JsonNode mixture = schema.get("$defs").get("dataset:mixture");
    assertEquals("[\"components\"]", mixture.get("required").toString());
    String group = mixture.get("properties").get("components").get("items").get("$ref").asString();
    assertTrue(
        schema.get("$defs").has(group.substring("#/$defs/".length()).replace("%24", "$")), group);
  }

  @Test
  void aServiceIsANameOrAnObjectWithAType() {
    JsonNode choices = schema.get("$defs").get("dataset").get("oneOf");
    // "idx" has required keys, so that its name alone says too little.
    choices
        .valueStream()
        .filter(choice -> choice.has("enum"))
        .forEach(names -> assertFalse(names.toString().contains("idx"), names.toString()));
    assertTrue(
        choices.toString().contains("{\"$ref\":\"#/$defs/dataset:idx\",\"required\":[\"type\"]}"),
        choices.toString());
  }

  @Test
  void anObjectWithoutTypeIsThePluginThatIsTheDefault() {
    JsonNode grid =
        schema.get("$defs").get("sampler:predictor-corrector").get("properties").get("grid");
    assertEquals(
        "[{\"$ref\":\"#/$defs/time-grid\"},{\"$ref\":\"#/$defs/time-grid:karras\"}]",
        grid.get("anyOf").toString());
    assertEquals("{\"type\":\"karras\",\"rho\":7.0}", grid.get("default").toString());
  }

  @Test
  void presetsAreChoices() {
    ObjectNode cascade = RecipeSchema.of(PluginCatalogue.of(List.of(Samples.Cascade.class)));
    String name =
        cascade
            .get("$defs")
            .propertyStream()
            .map(java.util.Map.Entry::getKey)
            .filter(key -> key.contains(":"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "[\"cifar10\",\"ffhq-256\"]",
        cascade.get("$defs").get(name).get("properties").get("preset").get("enum").toString());
  }

  @Test
  void aRecipeNeedsNoNameAndTakesNoUnknownKeys() {
    assertEquals("[\"data\",\"sde\"]", schema.get("required").toString());
    assertFalse(schema.get("additionalProperties").asBoolean());
    assertTrue(schema.get("properties").has("$schema"));
  }
}
