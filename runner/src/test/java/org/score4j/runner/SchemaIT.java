package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.runner.Distribution.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that look at recipes, plugins and the machine and do no work. */
class SchemaIT {
  private static final Path EXAMPLES = Path.of("..", "examples");
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
  void validateSaysWhatARecipeWouldDo() throws IOException {
    Distribution runner = Distribution.from(folder);
    runner.file("mixture.json", Files.readString(EXAMPLES.resolve("mixture.json")));
    assertEquals(
        """
        ok          mixture
        data        mixture
        sde         vp
        model       mlp
        loss        denoising-score-matching (sigma-squared, uniform)
        training    4,000 steps of 512 examples by adam
        sampler     euler-maruyama (uniform)
        sampling    9 samples, 9 at a time
        evaluation  energy-distance
        output      RUN, nothing trained there yet
        """
            .replace("RUN", Path.of("runs", "mixture").toString()),
        runner.succeed("validate", "--recipe", "mixture.json", "--set", "sampling.count=9").out());
  }

  @Test
  void validateTellsProgramsWhatIsWrong() throws IOException {
    Distribution runner = Distribution.from(folder);
    runner.file("bad.json", "{\"data\": \"mixture\", \"sde\": \"vpp\", \"model\": \"mlp\"}");
    Ended ended = runner.run("validate", "--json", "--recipe", "bad.json");
    assertEquals(2, ended.status());
    JsonNode told = JsonMapper.shared().readTree(ended.out());
    assertEquals(false, told.get("ok").asBoolean());
    assertTrue(told.get("problems").get(0).asString().startsWith("bad.json:1:"), ended::out);
  }

  @Test
  void aDryRunTellsTheCostAndLeavesNothing() throws IOException {
    Distribution runner = Distribution.from(folder);
    runner.file("mixture.json", Files.readString(EXAMPLES.resolve("mixture.json")));
    List<String> lines =
        runner
            .succeed("--dry-run", "--recipe", "mixture.json", "--set", "sampling.count=8")
            .out()
            .lines()
            .toList();
    assertEquals("dry run     mixture", lines.get(0));
    assertTrue(
        lines.get(1).matches("examples    any number of shape \\[2], 8 classes"), lines::toString);
    assertTrue(lines.get(2).startsWith("classes     0 12.5 %, 1 12.5 %"), lines::toString);
    assertTrue(lines.get(3).matches("parameters  [\\d,]+ in \\d+ tensors"), lines::toString);
    assertTrue(
        lines.get(7).matches("training    4,000 steps of 512 examples, .*"), lines::toString);
    assertTrue(
        lines.get(8).matches("sampling    8 samples, 8 at a time, 500 evaluations each, .*"),
        lines::toString);
    assertTrue(Files.notExists(folder.resolve("runs")));
  }

  @Test
  void aBrokenJarIsNamedBesideWhatCanBeUsed() throws IOException {
    Distribution runner = Distribution.from(folder);
    assertTrue(runner.succeed("doctor").out().endsWith("ready to run" + System.lineSeparator()));
    Path jar = Files.createDirectory(folder.resolve("more")).resolve("bad.jar");
    Files.writeString(jar, "no zip");
    Ended ended = runner.run("doctor", "--plugins", "more");
    assertEquals(1, ended.status());
    assertTrue(ended.out().contains("bad.jar: is not a readable jar"), ended::out);
    Ended listed = runner.run("plugins", "--plugins", "more");
    assertEquals(2, listed.status());
    assertTrue(listed.out().contains("  ddpm-unet   ("), listed::out);
    assertTrue(listed.err().contains("bad.jar: is not a readable jar"), listed::err);
  }

  @Test
  void aPluginsPageTellsWhatItIsItsKeysAndItsPresets() {
    Ended ended = Distribution.from(folder).succeed("plugins", "ddpm-unet");
    assertTrue(ended.out().contains("\nThe U-Net of DDPM, weight for weight (Ho"), ended::out);
    assertTrue(
        ended
            .out()
            .contains(
                """
                  groupSize: integer, default 4
                      fewest channels that are normalised together, where 32 groups would leave
                """),
        ended::out);
    // Ho, Jain and Abbeel 2020, appendix B: 35.7 million parameters on CIFAR-10.
    assertTrue(
        ended.out().matches("(?s).*cifar10-original: 35,7\\d\\d,\\d\\d\\d parameters on 32x32x3.*"),
        ended::out);
  }

  @Test
  void initWritesARecipeThatRuns() throws IOException {
    Distribution runner = Distribution.from(folder);
    Path garments = Files.createDirectories(folder.resolve("photos/garments"));
    for (int i = 0; i < 50; i++) {
      var image = new BufferedImage(19, 17, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i % 19, i % 17, 0xFFFFFF);
      ImageIO.write(image, "png", garments.resolve(i + ".png").toFile());
    }
    assertEquals(
        List.of(
            "photos: 50 images, 16 x 16 x 3, 1 class",
            "photos: images of 17 x 19 are cropped and scaled to 16 x 16, as a U-Net cannot halve an"
                + " odd number of pixels; \"size\" chooses",
            "photos.json: a recipe to start from; it trains 50,000 steps of 64 examples, and holds"
                + " samples against a fifth held out",
            "how long that takes here:    runner --dry-run --recipe photos.json"),
        runner.succeed("init", "photos").out().lines().limit(4).toList());
    List<String> lines =
        runner
            .succeed(
                "train",
                "--dry-run",
                "--recipe",
                "photos.json",
                "--set",
                "training.batchSize=2",
                "--set",
                "model.network.channels=32")
            .out()
            .lines()
            .toList();
    assertEquals(
        "examples    40 of shape [16, 16, 3], pixels in [-1.0, 1.0], 1 class", lines.get(1));
    Ended again = runner.run("init", "photos");
    assertEquals(2, again.status());
    assertEquals(
        List.of("photos.json: is there already; choose another --output, or delete it"),
        again.errLines());
  }

  @Test
  void misspeltNamesOfPluginsServicesAndKeysAreToldWithTheOnesThatWereMeant() {
    Distribution runner = Distribution.from(folder);
    assertEquals(
        List.of("no plugin is called \"karas\"; did you mean \"karras\"?"),
        runner.run("plugins", "karas").errLines());
    assertEquals(
        List.of("--service samplr: there is no such service; did you mean \"sampler\"?"),
        runner.run("plugins", "--service", "samplr").errLines());
    assertEquals(
        List.of("training.bachSize: there is no key bachSize; did you mean \"batchSize\"?"),
        runner.run("keys", "training.bachSize").errLines());
  }

  @Test
  void completionKnowsTheCommands() {
    String script = Distribution.from(folder).succeed("completion").out();
    assertTrue(script.contains("validate") && script.contains("--dry-run"), script);
  }
}
