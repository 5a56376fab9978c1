package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.InProcess.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that look at recipes, plugins and the machine and do no work. */
class LookingTest {
  private static final Path EXAMPLES = Path.of("..", "..", "examples");

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() {
    tiny = new TinyRun(folder);
  }

  private Path mixture() throws IOException {
    return tiny.file("mixture.json", Files.readString(EXAMPLES.resolve("mixture.json")));
  }

  private Ended init() {
    return tiny.command("init", folder.resolve("photos"), "--output", folder.resolve("photos.json"))
        .within(folder);
  }

  @Test
  void validateSaysWhatARecipeWouldDo() throws IOException {
    Path recipe = mixture();
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
        output      run, nothing trained there yet
        """,
        tiny.start("validate", recipe, "run", "sampling.count=9").with(0).within(folder).out());
  }

  @Test
  void validateTellsProgramsWhatIsWrong() throws IOException {
    Path bad =
        tiny.file("bad.json", "{\"data\": \"mixture\", \"sde\": \"vpp\", \"model\": \"mlp\"}");
    Ended ended = tiny.command("validate", "--json", "--recipe", bad).with(2).within(folder);
    JsonNode told = JsonMapper.shared().readTree(ended.out());
    assertEquals(false, told.get("ok").asBoolean());
    assertTrue(told.get("problems").get(0).asString().startsWith("bad.json:1:"), ended::out);
  }

  @Test
  void aDryRunTellsTheCostAndLeavesNothing() throws IOException {
    Path recipe = mixture();
    List<String> lines =
        tiny.start("run", recipe, "run", "sampling.count=8", "--dry-run").with(0).outLines();
    assertEquals("dry run     mixture", lines.get(0));
    assertTrue(
        lines.get(1).matches("examples    any number of shape \\[2], 8 classes"), lines::toString);
    assertTrue(lines.get(2).startsWith("classes     0 12.5 %, 1 12.5 %"), lines::toString);
    assertTrue(lines.get(3).matches("parameters  [\\d,]+ in \\d+ tensors"), lines::toString);
    assertTrue(
        lines.get(7).matches("training    4,000 steps of 512 examples, .*"), lines::toString);
    assertTrue(
        lines
            .get(8)
            .matches("sampling    8 samples, 8 at a time, 500 function evaluations each, .*"),
        lines::toString);
    assertTrue(Files.notExists(tiny.run("run")));
  }

  @Test
  void aBrokenJarIsNamedBesideWhatCanBeUsed() throws IOException {
    Path jar = Files.createDirectory(folder.resolve("more")).resolve("bad.jar");
    Files.writeString(jar, "no zip");
    Ended ended = tiny.command("doctor", "--plugins", jar.getParent()).with(1);
    assertTrue(ended.out().contains("bad.jar: is not a readable jar"), ended::out);
    Ended listed = tiny.command("plugins", "--plugins", jar.getParent()).with(2);
    assertTrue(listed.out().contains("  ddpm-unet   ("), listed::out);
    assertTrue(listed.err().contains("bad.jar: is not a readable jar"), listed::err);
  }

  @Test
  void aPluginsPageTellsWhatItIsItsKeysAndItsPresets() {
    Ended ended = tiny.command("plugins", "ddpm-unet").with(0);
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
        init().with(0).outLines().subList(0, 4));
    List<String> lines =
        tiny.start(
                "train",
                folder.resolve("photos.json"),
                "run",
                "training.batchSize=2",
                "model.network.channels=32",
                "--dry-run")
            .with(0)
            .outLines();
    assertEquals(
        "examples    40 of shape [16, 16, 3], pixels in [-1.0, 1.0], 1 class", lines.get(1));
    Ended again = init().with(2);
    assertEquals(
        List.of("photos.json: is there already; choose another --output, or delete it"),
        again.errLines());
  }

  @Test
  void misspeltNamesOfPluginsServicesAndKeysAreToldWithTheOnesThatWereMeant() {
    assertEquals(
        List.of("no plugin is called \"karas\"; did you mean \"karras\"?"),
        tiny.command("plugins", "karas").with(2).errLines());
    assertEquals(
        List.of("--service samplr: there is no such service; did you mean \"sampler\"?"),
        tiny.command("plugins", "--service", "samplr").with(2).errLines());
    assertEquals(
        List.of("training.bachSize: there is no key bachSize; did you mean \"batchSize\"?"),
        tiny.command("keys", "training.bachSize").with(2).errLines());
  }
}
