package org.score4j.interop.diffusers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.score4j.engine.weights.TrainedWeights;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.json.JsonFile;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;

/**
 * What {@code save_pretrained} leaves: a pipeline, with {@code unet/config.json}, its weights and
 * {@code scheduler/scheduler_config.json}; an early one, with all files in the folder itself; a
 * network by itself, without a scheduler; or a training checkpoint, with averages in {@code
 * unet_ema}.
 */
public final class DiffusersFolder {
  private static final String CONFIGURATION = "config.json";
  private static final String CLASS = "_class_name";
  private static final List<String> SCHEDULERS =
      List.of("scheduler/scheduler_config.json", "scheduler_config.json");

  private final Path path;
  private final Configuration network;
  private final Optional<Configuration> scheduler;
  private final WeightFiles weights;
  private final Optional<WeightFiles> averages;

  private DiffusersFolder(
      Path path,
      Configuration network,
      Optional<Configuration> scheduler,
      WeightFiles weights,
      Optional<WeightFiles> averages) {
    this.path = path;
    this.network = network;
    this.scheduler = scheduler;
    this.weights = weights;
    this.averages = averages;
  }

  /** Whether this is such a folder, or one of its files of weights. */
  public static boolean holds(Path path) {
    return Files.isDirectory(path)
        || path.getFileName().toString().startsWith(WeightFiles.NAME)
            && Files.isRegularFile(path.resolveSibling(CONFIGURATION));
  }

  /**
   * Finds the files.
   *
   * @param path the folder, or the file of weights of a network in it
   * @throws BadInput if one is missing or cannot be used, or the pipeline is one of latents
   */
  public static DiffusersFolder in(Path path) {
    if (Files.isDirectory(path)) {
      return in(path, Optional.empty());
    }
    Path folder = path.toAbsolutePath().getParent();
    Path pipeline = folder.getParent();
    boolean within = folder.endsWith("unet") && pipeline != null && isPipeline(pipeline);
    return in(within ? pipeline : folder, Optional.of(WeightFiles.of(path)));
  }

  private static boolean isPipeline(Path folder) {
    return Files.isRegularFile(folder.resolve(ModelIndex.FILE))
        || Files.isRegularFile(folder.resolve(SCHEDULERS.get(0)));
  }

  private static DiffusersFolder in(Path path, Optional<WeightFiles> chosen) {
    ModelIndex index = ModelIndex.of(path);
    index.refuseLatents();
    Path network = network(path);
    Path ema = path.resolve("unet_ema");
    boolean averaged = network.endsWith("unet") && Files.isRegularFile(ema.resolve(CONFIGURATION));
    var configuration = configuration(network.resolve(CONFIGURATION), index.classOf("unet"));
    if (averaged) {
      refuseAnother(configuration, ema.resolve(CONFIGURATION));
    }
    return new DiffusersFolder(
        path,
        configuration,
        scheduler(path, index.classOf("scheduler")),
        chosen.orElseGet(() -> WeightFiles.in(network)),
        averaged ? Optional.of(WeightFiles.in(ema)) : Optional.empty());
  }

  /** Averages are the same network's. */
  private static void refuseAnother(Configuration network, Path averages) {
    var found = new Configuration(averages, JsonFile.object(averages));
    found.mustBeAsIn(network, UnetRecipe.OF_OUTPUT);
    if (!found.problems().isEmpty()) {
      throw new BadInput(found.problems());
    }
  }

  private static Path network(Path path) {
    for (Path folder : List.of(path.resolve("unet"), path, path.resolve("unet_ema"))) {
      if (Files.isRegularFile(folder.resolve(CONFIGURATION))) {
        return folder;
      }
    }
    throw new BadInput(
        path
            + ": is not a folder of diffusers: it has no unet/config.json, nor config.json, nor"
            + " unet_ema/config.json");
  }

  private static Configuration configuration(Path file, Optional<String> loadedAs) {
    var json = JsonFile.object(file);
    var configuration = new Configuration(file, json);
    String own = configuration.text(CLASS, "");
    loadedAs
        .filter(name -> !name.equals(own))
        .ifPresent(
            name -> {
              if (!own.isEmpty()) {
                compare(configuration, own, name);
              }
              // A pipeline's list of parts has the last word on their classes.
              json.put(CLASS, name);
            });
    return configuration;
  }

  private static void compare(Configuration configuration, String own, String loadedAs) {
    if (SchedulerRecipe.haveSameProcess(own, loadedAs)) {
      configuration.note(
          CLASS + " is " + own + "; read as " + loadedAs + ", the class in " + ModelIndex.FILE);
    } else {
      configuration.refuse(CLASS, loadedAs + ", the class in " + ModelIndex.FILE);
    }
  }

  private static Optional<Configuration> scheduler(Path path, Optional<String> loadedAs) {
    for (String name : SCHEDULERS) {
      if (Files.isRegularFile(path.resolve(name))) {
        return Optional.of(configuration(path.resolve(name), loadedAs));
      }
    }
    return Optional.empty();
  }

  /**
   * The recipe that the configurations stand for.
   *
   * @throws BadInput with everything in them that has no counterpart here, or if there is no
   *     scheduler
   */
  public RecipeText recipe() {
    if (scheduler.isEmpty()) {
      network();
      throw new BadInput(
          path
              + ": has no scheduler/scheduler_config.json, nor scheduler_config.json, to say which"
              + " process the network was trained for; give a recipe: --recipe FILE");
    }
    return text(new DiffusersRecipe(network, scheduler, bytes()).json(name()).toPrettyString());
  }

  /**
   * The same to compare a given recipe with: its process and sampler need not be the scheduler's.
   *
   * @throws BadInput with everything of the network that has no counterpart here
   */
  RecipeText network() {
    var recipe = new DiffusersRecipe(network, scheduler, bytes());
    return text(recipe.jsonBesideAnother(name()).toPrettyString());
  }

  private RecipeText text(String json) {
    return new RecipeText(path + " (as a recipe)", name(), path.toAbsolutePath(), json);
  }

  private String name() {
    return RecipeText.baseName(path.toAbsolutePath().normalize());
  }

  private long bytes() {
    return weights.bytes();
  }

  /** The file of the network's configuration. */
  Path configuration() {
    return network.file();
  }

  /** Whether there is a scheduler that says what the network's output stands for. */
  boolean hasScheduler() {
    return scheduler.isPresent();
  }

  /** What is not as the configurations have it, in words. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(network.notes());
    scheduler.ifPresent(each -> notes.addAll(each.notes()));
    if (!weights.file().getFileName().toString().equals(WeightFiles.NAME + "safetensors")) {
      notes.add("weights: " + weights.file());
    }
    averages.ifPresent(each -> notes.add("EMA weights: " + each.file()));
    return notes;
  }

  /**
   * The weights, by the names of today.
   *
   * @throws TensorFileException if they cannot be read
   */
  public TrainedWeights weights() {
    return new Weights(
        TodaysNames.of(weights.open()), averages.map(each -> TodaysNames.of(each.open())));
  }

  private record Weights(NamedTensors parameters, Optional<NamedTensors> averaged)
      implements TrainedWeights {
    @Override
    public Optional<NamedTensors> averages(Set<String> untrained) {
      return averaged;
    }
  }
}
