package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real browser shows the pages of runs; what they look like is left in {@code target/pages}. */
@Tag("long")
class PageInBrowserIT {
  private static final int DESK = 1280;
  private static final int PHONE = 390;
  private static final Path PICTURES = Path.of("target", "pages").toAbsolutePath();

  // A browser that has just ended may still write to its profile.
  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  @TempDir Path folder;

  @Test
  void aRunOfPoints() throws IOException, InterruptedException {
    lookAt(
        "points",
        """
        {
          "name": "points",
          "data": "mixture",
          "sde": "vp",
          "model": {"type": "mlp", "width": 48},
          "training": {"steps": 1200, "batchSize": 256, "warmup": 100,
            "optimizer": {"type": "adam", "learningRate": 2e-3},
            "heldOut": {"share": 0.1, "every": 100},
            "averaging": {"decays": 0.99}},
          "logging": {"every": 10},
          "sampler": {"type": "heun", "steps": 30},
          "sampling": {"count": 1000, "batchSize": 1000},
          "evaluation": ["energy-distance", "sliced-wasserstein", "mmd",
            {"type": "mode-weights", "modes": [[1.4, 0], [0, 1.4], [-1.4, 0], [0, -1.4]]}]
        }
        """,
        0);
  }

  @Test
  void aRunOfImages() throws IOException, InterruptedException {
    lookAt(
        "images",
        """
        {
          "name": "images",
          "data": {"type": "subset", "of": {"type": "fashion-mnist", "centered": true}},
          "reference": {"type": "subset", "of": {"type": "fashion-mnist", "centered": true},
            "part": "held-out"},
          "sde": "vp",
          "model": {"type": "ddpm-unet", "channels": 16, "multipliers": [1, 2], "blocks": 1,
            "attention": [], "classes": 10},
          "training": {"steps": 160, "batchSize": 32, "warmup": 20,
            "optimizer": {"type": "adam", "learningRate": 3e-3},
            "averaging": {"decays": 0.95}},
          "logging": {"every": 5, "previews": 5},
          "sampler": {"type": "dpm-solver++", "steps": 15},
          "sampling": {"count": 100, "batchSize": 100},
          "evaluation": ["fid", "kid"]
        }
        """,
        4);
  }

  private void lookAt(String name, String recipe, int images)
      throws IOException, InterruptedException {
    Distribution runner = Distribution.from(folder);
    runner.succeed("--recipe", runner.file(name + ".json", recipe), "--output", name);
    Path page = folder.resolve(name).resolve("report.html");
    try (Browser browser = new Browser(profile)) {
      for (String scheme : List.of("light", "dark")) {
        for (int width : new int[] {DESK, PHONE}) {
          browser.open(page, width, scheme);
          String which = name + "-" + scheme + "-" + width;
          browser.screenshot(PICTURES.resolve(which + ".png"));
          assertEquals(List.of(), browser.errors(), which);
          assertEquals(List.of(page.toUri().toString()), browser.requests(), which);
          assertTrue(
              browser.evaluate("document.documentElement.scrollWidth").asInt() <= width,
              () -> which + " is wider than its window");
          assertTrue(browser.evaluate("document.images.length").asInt() >= images, which);
          assertEquals(
              0,
              browser
                  .evaluate("[...document.images].filter(image => !image.naturalWidth).length")
                  .asInt(),
              which);
          assertTrue(
              browser
                  .evaluate(
                      """
                      [...document.querySelectorAll('svg path, img')]
                        .every(shape => shape.getBoundingClientRect().width > 0)""")
                  .asBoolean(),
              () -> which + " has a picture of no width");
        }
        int brightness =
            browser
                .evaluate(
                    "Math.max(...getComputedStyle(document.body).backgroundColor"
                        + ".match(/\\d+/g).map(Number))")
                .asInt();
        assertTrue(scheme.equals("light") ? brightness > 200 : brightness < 60, scheme);
      }
    }
    assertTrue(Files.size(page) < 2_000_000, () -> "the page is large: " + page);
  }
}
