package org.score4j.interop.diffusers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.score4j.format.FileFault;
import org.score4j.recipe.json.JsonFile;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.databind.JsonNode;

/**
 * What a pipeline is made of: {@code model_index.json}, or without it the folders that hold a
 * {@code config.json}.
 *
 * @param folder the pipeline's
 * @param pipeline its class; empty if unknown
 * @param parts classes of its parts, by name; empty text if unknown
 */
record ModelIndex(Path folder, String pipeline, Map<String, String> parts) {
  static final String FILE = "model_index.json";
  private static final String CONFIGURATION = "config.json";

  /** Parts that a pipeline of pixels has, and averages of one of them. */
  private static final Set<String> OF_PIXELS = Set.of("unet", "unet_ema", "scheduler");

  static ModelIndex of(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file) ? listed(folder, file) : found(folder);
  }

  private static ModelIndex listed(Path folder, Path file) {
    JsonNode index = JsonFile.object(file);
    Map<String, String> parts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> part : index.properties()) {
      JsonNode value = part.getValue();
      if (value.isArray() && value.size() == 2 && value.get(1).isString()) {
        parts.put(part.getKey(), value.get(1).asString());
      }
    }
    return new ModelIndex(folder, index.path("_class_name").asString(""), parts);
  }

  private static ModelIndex found(Path folder) {
    Map<String, String> parts = new TreeMap<>();
    try (Stream<Path> inside = Files.list(folder)) {
      inside
          .filter(each -> Files.isRegularFile(each.resolve(CONFIGURATION)))
          .forEach(
              each ->
                  parts.put(
                      each.getFileName().toString(),
                      JsonFile.object(each.resolve(CONFIGURATION))
                          .path("_class_name")
                          .asString("")));
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be read: " + FileFault.reason(e));
    }
    return new ModelIndex(folder, "", parts);
  }

  /** The class that the pipeline loads a part as; empty if it does not say. */
  Optional<String> classOf(String part) {
    return Optional.ofNullable(parts.get(part)).filter(name -> !name.isEmpty());
  }

  /**
   * Refuses pipelines whose network does not draw pixels from noise alone.
   *
   * @throws BadInput naming the other parts
   */
  void refuseLatents() {
    List<String> others =
        parts.entrySet().stream()
            .filter(part -> !OF_PIXELS.contains(part.getKey()))
            .map(
                part ->
                    part.getKey() + (part.getValue().isEmpty() ? "" : " (" + part.getValue() + ")"))
            .toList();
    if (others.isEmpty() && !pipeline.matches("(LDM|Latent|StableDiffusion|VQ).*")) {
      return;
    }
    String what = pipeline.isEmpty() ? "this pipeline" : pipeline;
    throw new BadInput(
        folder
            + ": "
            + what
            + " is not made of a UNet2DModel and a scheduler alone"
            + (others.isEmpty() ? "" : ": it has " + String.join(", ", others))
            + ". Its network draws latents, or takes more than noise; score4j draws pixels and has"
            + " no counterpart"
            + (parts.containsKey("unet")
                ? ". To import the network by itself: --weights "
                    + folder.resolve("unet")
                    + " --recipe FILE"
                : ""));
  }
}
