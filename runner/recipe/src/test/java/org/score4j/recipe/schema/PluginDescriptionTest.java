package org.score4j.recipe.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.score4j.recipe.Samples;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.JsonNode;

class PluginDescriptionTest {

  private static List<String> keys(String plugin) {
    return PluginDescription.all(Samples.catalogue()).stream()
        .filter(description -> description.name().equals(plugin))
        .flatMap(description -> description.keys().stream())
        .map(
            key ->
                key.name()
                    + ": "
                    + key.type()
                    + (key.required() ? ", required" : "")
                    + key.defaultValue().map(JsonNode::toString).map(d -> " = " + d).orElse(""))
        .toList();
  }

  @Test
  void keysReadAsAUserWouldSayThem() {
    assertEquals(
        List.of(
            "images: path, required",
            "labels: path, optional",
            "fraction: number = 1.0",
            "cache: path = \"cache\""),
        keys("idx"));
    assertEquals(
        List.of(
            "width: integer = 128",
            "depths: list of whole numbers = [2,2]",
            "skip: true/false = true",
            "prediction: one of score|noise|denoised|velocity = \"noise\"",
            "activation: text = \"swish\""),
        keys("mlp"));
    assertEquals(
        List.of(
            "steps: integer = 1000",
            "predictor: predictor = {\"type\":\"euler-maruyama\"}",
            "correctors: list of correctors = [{\"type\":\"langevin\",\"snr\":0.16,"
                + "\"cap\":1099511627776}]",
            "grid: time grid = {\"type\":\"karras\",\"rho\":7.0}"),
        keys("predictor-corrector"));
    assertEquals(
        List.of("components: list of objects {weight, mean, standardDeviation}, required"),
        keys("mixture"));
  }

  /** Which no number of JSON can say. */
  @Test
  void aDefaultThatIsInfiniteIsTold() {
    KeyDescription ceiling =
        PluginDescription.all(Samples.catalogue()).stream()
            .filter(description -> description.name().equals("annealed-langevin"))
            .flatMap(description -> description.keys().stream())
            .filter(key -> key.name().equals("ceiling"))
            .findFirst()
            .orElseThrow();
    assertEquals("infinity", ceiling.usual());
    assertEquals(Optional.empty(), ceiling.defaultValue());
  }

  @Test
  void aPluginTellsItsPresets() {
    var description =
        PluginDescription.all(PluginCatalogue.of(List.of(Samples.Cascade.class))).get(0);
    assertEquals(List.of("cifar10", "ffhq-256"), List.copyOf(description.presets().keySet()));
  }

  @Test
  void aPluginTellsItsServiceAndModule() {
    var description =
        PluginDescription.all(PluginCatalogue.of(List.of(Samples.Karras.class))).get(0);
    assertEquals("time grid", description.service().label());
    assertEquals("karras", description.name());
    assertEquals(Optional.of("org.score4j.recipe"), description.origin().module());
  }

  @Test
  void aPluginThatWasCompiledWithoutDescriptionsHasNone() {
    var description =
        PluginDescription.all(PluginCatalogue.of(List.of(Samples.Karras.class))).get(0);
    assertEquals("", description.description().text());
    assertEquals(
        List.of(""), description.keys().stream().map(KeyDescription::description).toList());
  }
}
