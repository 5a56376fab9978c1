package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.InProcess.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder of images is trained on in part, and evaluated on the rest. */
class HeldOutTest {
  private static final String RECIPE =
      """
      {
        "data": {"type": "subset", "of": {"type": "image-folder", "path": "images"}},
        "reference": {"type": "subset", "of": {"type": "image-folder", "path": "images"},
                      "part": "held-out", "share": 0.4},
        "sde": "ve",
        "model": {"type": "ddpm-unet", "channels": 4, "multipliers": [1, 1], "blocks": 1,
                  "attention": [], "dropout": 0},
        "training": {"steps": 4, "batchSize": 4,
          "augmentation": {"flip": true, "dequantize": true}},
        "sampler": {"type": "euler-maruyama", "steps": 2},
        "sampling": {"count": 8},
        "evaluation": ["sliced-wasserstein"]
      }
      """;

  @TempDir Path folder;

  private void image(String name, int value) throws IOException {
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 2, 0, value);
    ImageIO.write(image, "png", folder.resolve("images").resolve(name).toFile());
  }

  @Test
  void samplesAreHeldAgainstTheReference() throws IOException {
    var tiny = new TinyRun(folder);
    Files.createDirectory(folder.resolve("images"));
    for (int i = 0; i < 10; i++) {
      image(i + ".png", 20 * i);
    }
    Path recipe = tiny.file("folder.json", RECIPE);
    tiny.start("run", recipe, "out").with(0);
    new RunFiles(folder.resolve("out")).measured("sliced-wasserstein");
    Files.writeString(folder.resolve("images/7.png"), "damaged", StandardCharsets.UTF_8);
    Ended ended = tiny.start("run", recipe, "other").with(2);
    assertTrue(
        ended
            .err()
            .contains(
                "found "
                    + folder.resolve("images").resolve("7.png")
                    + ": no image, where PNG, JPEG, GIF, BMP, TIFF or WebP is read"),
        ended.err());
    Files.writeString(folder.resolve("images/0.png"), "damaged too", StandardCharsets.UTF_8);
    Ended checked = tiny.command("validate", "--recipe", recipe, "--data", "--json").with(2);
    JsonNode told = JsonMapper.shared().readTree(checked.out());
    assertFalse(told.get("ok").asBoolean());
    assertEquals(2, told.get("problems").size(), checked.out());
    assertTrue(told.get("problems").get(0).asString().contains("0.png: no image"), checked.out());
    assertTrue(told.get("problems").get(1).asString().contains("7.png: no image"), checked.out());
    Ended skipping =
        tiny.command(
                "validate",
                "--recipe",
                recipe,
                "--data",
                "--set",
                "data.of.broken=skip",
                "--set",
                "reference.of.broken=skip")
            .with(0);
    assertTrue(
        skipping.err().contains("skipped 2 of 10 images that cannot be read: 0.png"),
        skipping.err());
  }
}
