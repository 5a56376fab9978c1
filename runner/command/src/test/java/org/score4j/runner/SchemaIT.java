package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.runner.Distribution.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema of recipes is that of the plugins, and finds what a recipe has wrong. */
class SchemaIT {
  private static final Path EXAMPLES = Path.of("..", "..", "examples");
  private static final Path SCHEMA = EXAMPLES.resolve("recipe.schema.json");

  @TempDir Path folder;

  private static String problems(String recipe) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    return schema.validate(recipe, InputFormat.JSON).toString();
  }

  @Test
  void theSchemaOfTheExamplesIsThatOfThePlugins() throws IOException {
    Ended ended = Distribution.from(folder).succeed("schema");
    assertEquals(
        Files.readString(SCHEMA),
        ended.out(),
        "to renew it: runner/bin/runner schema > examples/recipe.schema.json");
  }

  @Test
  void everyPluginAndEveryKeyIsDescribed() throws IOException {
    JsonNode schema = JsonMapper.shared().readTree(Files.readString(SCHEMA));
    List<String> silent = new ArrayList<>();
    schema
        .get("$defs")
        .propertyStream()
        .filter(definition -> definition.getKey().contains(":"))
        .filter(plugin -> plugin.getValue().path("description").asString("").isBlank())
        .forEach(plugin -> silent.add(plugin.getKey()));
    Stream.concat(Stream.of(schema), schema.get("$defs").valueStream())
        .flatMap(object -> object.path("properties").propertyStream())
        .filter(key -> !List.of("$schema", "provenance", "preset").contains(key.getKey()))
        .filter(key -> key.getValue().path("description").asString("").isBlank())
        .forEach(key -> silent.add(key.toString()));
    assertEquals(List.of(), silent, "without a Javadoc, or without a @param");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mixture.json",
        "ncsn.json",
        "fashion-mnist.json",
        "classifier.json",
        "score-matching/sliced.json"
      })
  void examplesAreValid(String name) throws IOException {
    assertEquals("[]", problems(Files.readString(EXAMPLES.resolve(name))));
  }

  @Test
  void theSchemaFindsMisspeltKeysAndWrongTypes() throws IOException {
    String mixture = Files.readString(EXAMPLES.resolve("mixture.json"));
    assertTrue(problems(mixture.replace("\"sde\"", "\"sdee\"")).contains("sdee"));
    assertTrue(problems(mixture.replace("\"steps\": 500", "\"stpes\": 500")).contains("stpes"));
    assertTrue(problems(mixture.replace("4000", "\"4000\"")).contains("integer"));
    assertTrue(problems(mixture.replace("\"mlp\"", "\"mpl\"")).contains("/model"));
  }

  @Test
  void doctorFindsTheDistributionReady() {
    assertTrue(
        Distribution.from(folder)
            .succeed("doctor")
            .out()
            .endsWith("ready to run" + System.lineSeparator()));
  }
}
