package org.score4j.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747): grey images [28, 28, 1] of ten
 * kinds of clothing, 60,000 to train with and 10,000 to test with.
 *
 * <p>The test images come with this module, so the default needs no download; {@link Subset}
 * divides them into 8,000 to train with and 2,000 held out. For results that are to count, give the
 * folder of the official files, train on {@link Split#TRAIN} and evaluate on {@link Split#TEST}.
 *
 * @param path the folder of the official files ({@code train-images-idx3-ubyte.gz} and so on, with
 *     or without the {@code .gz}); the files of this module if empty
 * @param split which images; the test images by default
 * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1], the default
 */
@PluginName("fashion-mnist")
public record FashionMnist(Optional<Path> path, Split split, boolean centered) implements Dataset {

  /** As the authors' README names them, in lower case and without a slash. */
  private static final List<String> CLASSES =
      List.of(
          "t-shirt",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");

  private static final int SIDE = 28;

  /** The test images that come with this module, pixels in [0, 1]. */
  public FashionMnist() {
    this(Optional.empty(), Split.TEST, false);
  }

  /** Checks the components. */
  public FashionMnist {
    Validation.begin()
        .rule(
            path.isPresent() || split == Split.TEST,
            "split",
            "train",
            "must be \"test\" without a path, as only the test images come with score4j; download"
                + " train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz from"
                + " https://github.com/zalandoresearch/fashion-mnist and set path to their folder")
        .end();
  }

  @Override
  public Examples open() {
    String prefix = split == Split.TRAIN ? "train" : "t10k";
    IdxReader.Values images = reader(prefix + "-images-idx3-ubyte").images();
    int[] extents = images.extents();
    if (extents[1] != SIDE || extents[2] != SIDE) {
      throw fault("images of " + extents[1] + " x " + extents[2], "must hold images of 28 x 28");
    }
    byte[] labels = reader(prefix + "-labels-idx1-ubyte").labels(extents[0], CLASSES.size());
    return ImageExamples.of(images, Optional.of(labels), CLASSES.size(), CLASSES, centered);
  }

  private IdxReader reader(String name) {
    return path.map(folder -> inFolder(folder, name)).orElseGet(() -> bundled(name));
  }

  private IdxReader inFolder(Path folder, String name) {
    Path compressed = folder.resolve(name + ".gz");
    Path plain = folder.resolve(name);
    if (Files.exists(compressed)) {
      return IdxReader.of("path", compressed);
    }
    if (Files.exists(plain)) {
      return IdxReader.of("path", plain);
    }
    throw fault("no " + name + " nor " + name + ".gz", "must be the folder of the official files");
  }

  private static IdxReader bundled(String name) {
    String resource = "fashion-mnist/" + name + ".gz";
    return new IdxReader("path", resource, () -> FashionMnist.class.getResourceAsStream(resource));
  }

  private InvalidValueException fault(String found, String rule) {
    return new InvalidValueException(
        "path", path.map(Path::toString).orElse("none") + ": " + found, rule);
  }
}
