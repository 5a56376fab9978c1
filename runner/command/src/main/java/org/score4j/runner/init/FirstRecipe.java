package org.score4j.runner.init;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.format.FileFault;
import org.score4j.recipe.OtherFormats;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Recipes to start from: settings that have served for data of the same kind. */
public final class FirstRecipe {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> IMAGES =
      List.of(
          ".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".gif", ".tif",
          ".tiff", ".webp");
  private static final String IDX = "idx3-ubyte";
  private static final String TFRECORD = ".tfrecord";
  private static final String CIFAR = "cifar-10";
  private static final String IMAGE_FOLDER = "image-folder";

  /** Coarser maps than this are not worth a level of the network. */
  private static final long COARSEST = 7;

  private static final int DEEPEST = 4;

  /** Attention takes the square of the pixels in memory. */
  private static final long MOST_ATTENDED = 1600;

  /** Of fewer images none can be spared. */
  private static final long FEWEST_TO_DIVIDE = 50;

  private FirstRecipe() {}

  /**
   * The data set that a file or folder is.
   *
   * @param folder to which the path is made relative
   * @throws BadInput if it is none that we know
   */
  public static ObjectNode data(Path path, Path folder) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path)) {
      if (isCifar10(path)) {
        return plugin(CIFAR, "path", path, folder);
      }
      return find(path, IDX)
          .map(images -> idx(images, folder))
          .or(
              () ->
                  IMAGES.stream()
                      .filter(ending -> find(path, ending).isPresent())
                      .findFirst()
                      .map(unused -> plugin(IMAGE_FOLDER, "path", path, folder)))
          .or(() -> find(path, TFRECORD).map(unused -> plugin("tfrecord", "path", path, folder)))
          .orElseThrow(() -> unknown(path));
    }
    if (name.equals("cifar-10-binary.tar.gz")) {
      return plugin(CIFAR, "path", path, folder);
    }
    if (name.endsWith(".npy")) {
      return plugin("npy", "path", path, folder);
    }
    if (name.endsWith(".zip")) {
      return plugin("zip", "path", path, folder);
    }
    if (name.contains(IDX)) {
      return idx(path, folder);
    }
    if (name.contains(TFRECORD)) {
      return plugin("tfrecord", "path", path, folder);
    }
    throw unknown(path);
  }

  private static boolean isCifar10(Path path) {
    return Stream.of(path, path.resolve("cifar-10-batches-bin"))
        .anyMatch(inside -> Files.isRegularFile(inside.resolve("data_batch_1.bin")));
  }

  private static BadInput unknown(Path path) {
    String name = path.getFileName().toString();
    Optional<String> other = Files.isDirectory(path) ? Optional.empty() : OtherFormats.remedy(name);
    if (other.isPresent()) {
      return new BadInput(path + ": " + other.get());
    }
    if (Files.isRegularFile(path)
        && IMAGES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
      return new BadInput(path + ": is one image; give the folder that holds the images");
    }
    return new BadInput(
        path
            + ": is neither a folder of images ("
            + String.join(", ", IMAGES)
            + ") nor a file of the kind .npy, .zip, .tfrecord or idx3-ubyte; runner plugins --service dataset"
            + " lists what else a recipe can name");
  }

  /** A file in a folder or below it whose name contains a text. */
  private static Optional<Path> find(Path folder, String text) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          Set.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
              boolean hidden = inside.getFileName().toString().startsWith(".");
              return hidden && !inside.equals(folder)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
              if (attributes.isRegularFile() && !name.startsWith(".") && name.contains(text)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (AccessDeniedException e) {
      throw new BadInput(e.getFile() + ": cannot be read: permission denied");
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be read: " + FileFault.reason(e));
    }
    return found.stream().min(Path::compareTo);
  }

  private static ObjectNode idx(Path images, Path folder) {
    ObjectNode data = plugin("idx", "images", images, folder);
    String labels = images.getFileName().toString().replace("images", "labels").replace("3", "1");
    Path beside = images.resolveSibling(labels);
    if (!beside.equals(images) && Files.isRegularFile(beside)) {
      data.put("labels", relative(beside, folder));
    }
    return data;
  }

  private static ObjectNode plugin(String type, String key, Path path, Path folder) {
    return NODES.objectNode().put("type", type).put(key, relative(path, folder));
  }

  private static String relative(Path path, Path folder) {
    Path absolute = path.toAbsolutePath().normalize();
    Path base = folder.toAbsolutePath().normalize();
    boolean near = absolute.startsWith(base) && !absolute.equals(base);
    return (near ? base.relativize(absolute) : absolute).toString().replace('\\', '/');
  }

  /**
   * A recipe for opened data.
   *
   * @param source the data set with its keys
   */
  public static ObjectNode of(ObjectNode source, Examples examples) {
    return examples.shape().numDimensions() == 1
        ? points(source, examples)
        : images(source, examples);
  }

  private static ObjectNode points(ObjectNode source, Examples examples) {
    ObjectNode recipe = NODES.objectNode();
    recipe.set("data", source);
    recipe.put("sde", "vp");
    recipe.putObject("model").put("type", "mlp").put("classes", examples.classes());
    ObjectNode training = recipe.putObject("training").put("steps", 4000).put("batchSize", 512);
    training.putObject("optimizer").put("type", "adam").put("learningRate", 1e-3);
    recipe.putObject("sampler").put("type", "euler-maruyama").put("steps", 500);
    recipe.putObject("sampling").put("count", 1000).put("batchSize", 1000);
    return recipe;
  }

  /** The design of Karras et al. 2022, scaled down. */
  private static ObjectNode images(ObjectNode source, Examples examples) {
    ObjectNode data = source.deepCopy();
    if (examples.pixels().isPresent()) {
      data.put("centered", true);
    }
    ObjectNode recipe = NODES.objectNode();
    if (examples.size().orElse(0) < FEWEST_TO_DIVIDE) {
      recipe.set("data", data);
    } else {
      recipe.putObject("data").put("type", "subset").set("of", data);
      ObjectNode heldOut = recipe.putObject("reference").put("type", "subset");
      heldOut.set("of", data);
      heldOut.put("part", "held-out");
    }
    recipe.putObject("sde").put("type", "ve").put("sigmaMin", 0.01).put("sigmaMax", 50);
    ObjectNode model = recipe.putObject("model").put("type", "edm-preconditioned");
    ObjectNode network = model.putObject("network").put("type", "ddpm-unet").put("channels", 64);
    var multipliers = network.putArray("multipliers").add(1);
    long height = examples.shape().get(0);
    long width = examples.shape().get(1);
    while (multipliers.size() < DEEPEST
        && height % 2 == 0
        && width % 2 == 0
        && Math.min(height, width) / 2 >= COARSEST) {
      height /= 2;
      width /= 2;
      multipliers.add(2);
    }
    network.put("blocks", 2);
    var attention = network.putArray("attention");
    if (height * width <= MOST_ATTENDED) {
      attention.add(height);
    }
    network.put("classes", examples.classes());
    ObjectNode loss = recipe.putObject("loss").put("type", "denoising-score-matching");
    loss.put("weight", "edm").put("times", "log-normal");
    ObjectNode training = recipe.putObject("training").put("steps", 50_000).put("batchSize", 64);
    training.putObject("optimizer").put("type", "adam").put("learningRate", 2e-4);
    training.put("labelDropout", examples.classes() == 0 ? 0 : 0.1);
    recipe.putObject("sampler").put("type", "dpm-solver++").put("steps", 20);
    recipe.putObject("sampling").put("count", 64).put("batchSize", 64);
    return recipe;
  }
}
