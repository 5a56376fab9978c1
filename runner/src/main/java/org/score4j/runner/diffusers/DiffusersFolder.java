package org.score4j.runner.diffusers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.score4j.engine.NamedTensors;
import org.score4j.engine.TensorFileException;
import org.score4j.engine.TrainedWeights;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.recipe.RecipeText;
import org.tensorflow.ndarray.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pipeline as {@code save_pretrained} leaves it: {@code unet/config.json} with its weights beside
 * it, and {@code scheduler/scheduler_config.json}. In early ones all files are in the folder
 * itself.
 *
 * @param path the folder
 * @param network the network's configuration
 * @param scheduler the forward process and the sampler
 * @param file the weights
 */
public record DiffusersFolder(Path path, Path network, Path scheduler, Path file) {
  private static final long MAX_CONFIGURATION_BYTES = 1 << 20;

  /** How attention called its layers before diffusers 0.15. */
  private static final Map<String, String> NAMES_TODAY =
      Map.of(
          ".query.", ".to_q.",
          ".key.", ".to_k.",
          ".value.", ".to_v.",
          ".proj_attn.", ".to_out.0.");

  /**
   * Finds the files.
   *
   * @throws BadInput if one is missing
   */
  public static DiffusersFolder in(Path path) {
    Path network = found(path, "unet/config.json", "config.json");
    Path scheduler = found(path, "scheduler/scheduler_config.json", "scheduler_config.json");
    Path file =
        found(
            network.toAbsolutePath().getParent(),
            "diffusion_pytorch_model.safetensors",
            "diffusion_pytorch_model.bin");
    return new DiffusersFolder(path, network, scheduler, file);
  }

  private static Path found(Path folder, String name, String otherwise) {
    for (String candidate : List.of(name, otherwise)) {
      if (Files.isRegularFile(folder.resolve(candidate))) {
        return folder.resolve(candidate);
      }
    }
    throw new BadInput(
        folder + ": is not a pipeline of diffusers: it has no " + name + ", nor " + otherwise);
  }

  /**
   * The recipe that the configurations stand for.
   *
   * @throws BadInput with everything in them that has no counterpart here
   */
  public RecipeText recipe() {
    String name = RecipeText.baseName(path.toAbsolutePath().normalize());
    JsonNode recipe =
        new DiffusersRecipe(
                new Configuration(network, json(network)),
                new Configuration(scheduler, json(scheduler)),
                size(file))
            .json(name);
    return new RecipeText(
        path + " (as a recipe)", name, path.toAbsolutePath(), recipe.toPrettyString());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static JsonNode json(Path file) {
    try {
      if (size(file) > MAX_CONFIGURATION_BYTES) {
        throw new BadInput(file + ": is too long for a configuration");
      }
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new BadInput(file + ": is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + e.getMessage());
    }
  }

  /**
   * The weights, by the names of today.
   *
   * @throws TensorFileException if they cannot be read
   */
  public TrainedWeights weights() {
    NamedTensors tensors = TrainedWeights.open(file).parameters();
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : tensors.names()) {
      String today = name;
      if (name.contains(".attentions.")) {
        for (Map.Entry<String, String> renamed : NAMES_TODAY.entrySet()) {
          today = today.replace(renamed.getKey(), renamed.getValue());
        }
      }
      names.put(today, name);
    }
    NamedTensors renamed = new Renamed(tensors, names);
    return () -> renamed;
  }

  /** Tensors under other names than those of their file. */
  private record Renamed(NamedTensors tensors, Map<String, String> originals)
      implements NamedTensors {
    @Override
    public Path path() {
      return tensors.path();
    }

    @Override
    public Set<String> names() {
      return Collections.unmodifiableSet(originals.keySet());
    }

    @Override
    public Shape shape(String name) {
      return tensors.shape(originals.getOrDefault(name, name));
    }

    @Override
    public float[] values(String name) {
      return tensors.values(originals.getOrDefault(name, name));
    }
  }
}
