package org.score4j.interop.diffusers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.engine.weights.TrainedWeights;
import org.score4j.format.FileFault;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.json.JsonFile;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.databind.JsonNode;

/**
 * The files of a model's weights: {@code diffusion_pytorch_model.safetensors} or {@code .bin}; a
 * variant, such as {@code diffusion_pytorch_model.fp16.safetensors}, if there is nothing else; or
 * shards, which a file {@code diffusion_pytorch_model.safetensors.index.json} lists by tensor.
 *
 * @param file the weights, or the list of shards
 * @param shards where each tensor is; empty if they are all in the file
 */
record WeightFiles(Path file, Map<String, Path> shards) {
  static final String NAME = "diffusion_pytorch_model.";
  private static final List<String> ENDINGS =
      List.of("safetensors", "safetensors.index.json", "bin", "bin.index.json");

  /** What is no part of a variant's name; its shards end in their number. */
  private static final Set<String> FORMS = Set.of("safetensors", "bin", "index", "json");

  private static final String VARIANTS =
      Pattern.quote(NAME) + "(?!.*-\\d{5}-of-\\d{5}).*\\.(safetensors|bin|json)";

  /**
   * Finds them.
   *
   * @throws BadInput if there are none, several variants, or a list that cannot be used
   */
  static WeightFiles in(Path folder) {
    for (String ending : ENDINGS) {
      if (Files.isRegularFile(folder.resolve(NAME + ending))) {
        return of(folder.resolve(NAME + ending));
      }
    }
    List<Path> variants = variants(folder);
    if (variants.size() > 1) {
      throw new BadInput(
          folder
              + ": holds several variants ("
              + String.join(", ", variants.stream().map(v -> v.getFileName().toString()).toList())
              + "); name one: --weights "
              + variants.get(0));
    }
    return of(
        variants.stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInput(
                        folder
                            + ": holds no weights: it has no "
                            + NAME
                            + "safetensors, nor .bin, nor a list of shards, nor a variant")));
  }

  /** Those of a file that is named. */
  static WeightFiles of(Path file) {
    return new WeightFiles(
        file, file.toString().endsWith(".json") ? shards(file) : Map.<String, Path>of());
  }

  /** One for each variant: {@code NAME.VARIANT.safetensors}, or its list of shards. */
  private static List<Path> variants(Path folder) {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches(VARIANTS)) {
          String variant =
              Stream.of(name.substring(NAME.length()).split("\\."))
                  .filter(part -> !FORMS.contains(part))
                  .collect(Collectors.joining("."));
          found.merge(variant, file, (a, b) -> b.toString().endsWith(".safetensors") ? b : a);
        }
      }
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be read: " + FileFault.reason(e));
    }
    return List.copyOf(found.values());
  }

  private static Map<String, Path> shards(Path list) {
    JsonNode places = JsonFile.object(list).path("weight_map");
    Map<String, Path> shards = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> place : places.properties()) {
      String name = place.getValue().isString() ? place.getValue().asString() : "";
      Path shard = list.resolveSibling(name.matches("[A-Za-z0-9._-]+") ? name : ".");
      if (!Files.isRegularFile(shard)) {
        throw new BadInput(
            list
                + ": weight_map."
                + place.getKey()
                + ": must be a file in this folder, found "
                + place.getValue());
      }
      shards.put(place.getKey(), shard);
    }
    if (shards.isEmpty()) {
      throw new BadInput(list + ": weight_map: must name the file of each tensor");
    }
    return shards;
  }

  /** How long they are together. */
  long bytes() {
    return (shards.isEmpty() ? Stream.of(file) : shards.values().stream().distinct())
        .mapToLong(WeightFiles::size)
        .sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + FileFault.reason(e));
    }
  }

  /**
   * The tensors.
   *
   * @throws TensorFileException if a file cannot be read, or a shard is not what the list says
   */
  NamedTensors open() {
    if (shards.isEmpty()) {
      return TrainedWeights.open(file).parameters();
    }
    Map<Path, NamedTensors> opened = new LinkedHashMap<>();
    Map<String, NamedTensors> tensors = new LinkedHashMap<>();
    shards.forEach(
        (name, shard) -> {
          NamedTensors there =
              opened.computeIfAbsent(shard, each -> TrainedWeights.open(each).parameters());
          if (!there.names().contains(name)) {
            throw new TensorFileException(shard, "lacks " + name + ", which " + file + " says");
          }
          tensors.put(name, there);
        });
    opened.forEach(
        (shard, there) ->
            there.names().stream()
                .filter(name -> !shard.equals(shards.get(name)))
                .findFirst()
                .ifPresent(
                    name -> {
                      throw new TensorFileException(
                          shard, "holds " + name + ", of which " + file + " says nothing");
                    }));
    return new ShardedTensors(file, tensors);
  }
}
