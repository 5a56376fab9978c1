package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.runner.Distribution.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run is the same whatever digits, letters and encodings the locale has. */
class LocaleIT {
  private static final String POINTS =
      """
      {"name": "points", "data": "mixture", "sde": "vp", "model": {"type": "mlp", "width": 8},
       "training": {"steps": STEPS, "batchSize": 8, "checkpointEvery": 10, "logEvery": 5},
       "sampler": {"type": "euler-maruyama", "steps": 10}, "sampling": {"count": 1200},
       "evaluation": ["energy-distance"]}
      """;

  @TempDir static Path folder;
  private static Distribution runner;
  private static Ended expected;

  @BeforeAll
  static void runInTheLocaleOfTheBuild() throws IOException {
    runner = Distribution.from(folder);
    runner.file("ten.json", POINTS.replace("STEPS", "10"));
    runner.file("twenty.json", POINTS.replace("STEPS", "20"));
    expected = runner.succeed("--recipe", "twenty.json", "--output", "plain");
  }

  private static Map<String, String> locale(String language, String country) {
    return Map.of(
        "JAVA_OPTS", "-Duser.language=" + language + " -Duser.country=" + country, "LC_ALL", "C");
  }

  private static Ended succeed(Map<String, String> locale, String... arguments) {
    Ended ended = runner.startWith(locale, arguments).end();
    assertEquals(0, ended.status(), ended::err);
    return ended;
  }

  /** Arabic of Egypt has digits of its own, Turkish an i without a dot, German a comma. */
  @ParameterizedTest
  @CsvSource({"ar, EG", "tr, TR", "de, DE"})
  void trainingResumingSamplingAndMeasuringDoNotDependOnTheLocale(String language, String country)
      throws IOException {
    String output = "Läufe 日本/" + language;
    Map<String, String> locale = locale(language, country);
    if (language.equals("ar")) {
      succeed(locale, "train", "--recipe", "ten.json", "--output", output);
    }
    Ended ended = succeed(locale, "--recipe", "twenty.json", "--output", output);
    assertEquals(expected.out().replace("plain/", output + "/"), ended.out());
    RunFiles files = new RunFiles(folder.resolve(output));
    RunFiles plain = new RunFiles(folder.resolve("plain"));
    // The checkpoint before names the recipe of the first start.
    for (String made :
        List.of(
            "checkpoints/step-00000020.safetensors",
            "samples/euler-maruyama-seed-0-count-1200.safetensors")) {
      Path expectedFile = plain.folder().resolve(made);
      assertEquals(-1, Files.mismatch(expectedFile, files.folder().resolve(made)), made);
    }
    assertEquals(plain.names("checkpoints"), files.names("checkpoints"));
    files.assertSameLosses(plain);
    assertEquals(recipe(plain), recipe(files));
    assertFalse(ended.err().contains("?"), ended::err);
  }

  /** The recipe that the manifest holds. */
  private static JsonNode recipe(RunFiles files) throws IOException {
    String manifest = Files.readString(files.folder().resolve("manifest.json"));
    ObjectNode recipe = (ObjectNode) JsonMapper.shared().readTree(manifest);
    recipe.remove("provenance");
    return recipe;
  }
}
