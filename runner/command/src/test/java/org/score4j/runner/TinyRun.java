package org.score4j.runner;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.score4j.runner.InProcess.Ended;

/**
 * Recipes that are trained in less than a second, in a folder for tests.
 *
 * @param folder of recipe, data and runs
 */
public record TinyRun(Path folder) {
  private static final String POINTS =
      """
      {"name": "tiny", "data": "mixture", "sde": "vp", "model": {"type": "mlp", "width": 8},
       "training": {"steps": 20, "batchSize": 8, "warmup": 5},
       "compute": {"threads": 1},
       "checkpoints": {"every": 10},
       "logging": {"every": 5, "previews": 0},
       "sampler": {"type": "euler-maruyama", "steps": 3}, "sampling": {"count": 4}}
      """;
  private static final String IMAGES =
      """
      {"name": "tiny", "data": {"type": "image-folder", "path": "images"},
       "sde": {"type": "ve", "sigmaMin": 0.01, "sigmaMax": 5},
       "model": {"type": "ddpm-unet", "channels": 8, "multipliers": [1], "blocks": 1,
         "attention": [], "dropout": 0},
       "training": {"steps": 4, "batchSize": 2, "warmup": 0},
       "compute": {"threads": 1},
       "checkpoints": {"every": 2},
       "logging": {"previews": 0},
       "sampler": {"type": "euler-maruyama", "steps": 2}, "sampling": {"count": 2}}
      """;

  /** A small network on points of the plane. */
  public Path points() {
    return file("points.json", POINTS);
  }

  /** A U-Net on the images in a folder "images". */
  public Path images() {
    return file("images.json", IMAGES);
  }

  /** Writes a file. */
  public Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an image of 8 x 8 pixels of one color; missing folders are made. */
  public Path image(String name, int rgb) {
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, rgb);
    }
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Where a run is, or will be. */
  public Path run(String name) {
    return folder.resolve(name);
  }

  /** Runs a command. */
  public Ended command(Object... arguments) {
    return InProcess.run(arguments);
  }

  /** Runs a recipe's stages by a command that has --recipe, --output and --set. */
  public Ended start(String command, Path recipe, String run, String... settings) {
    List<Object> arguments =
        new ArrayList<>(List.of(command, "--recipe", recipe, "--output", run(run)));
    for (String setting : settings) {
      if (!setting.startsWith("--")) {
        arguments.add("--set");
      }
      arguments.add(setting);
    }
    return InProcess.run(arguments.toArray());
  }

  /** A checkpoint of a run. */
  public Path checkpoint(String run, int step) {
    return run(run)
        .resolve("checkpoints")
        .resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
  }

  /** Copies a run of another folder with all that is in it. */
  public void copy(Path from, String to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, run(to).resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
