package org.score4j.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;

/**
 * Grey images from files in the format of MNIST (LeCun, Cortes and Burges, "The MNIST database"):
 * idx files of unsigned bytes, compressed with gzip or not. Examples are [H, W, 1], held in memory
 * as bytes.
 *
 * @param images the file of images, an idx file of 3 dimensions: count, height, width
 * @param labels the file of their classes, an idx file of 1 dimension, if there is one
 * @param classes number of classes, from 1 to 256, each label being below it; the largest label
 *     plus 1 if empty
 * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1], the default
 */
@PluginName("idx")
public record Idx(
    @Required Path images, Optional<Path> labels, Optional<Integer> classes, boolean centered)
    implements Dataset {

  /** No labels, pixels in [0, 1]. */
  public Idx() {
    this(Path.of("images-idx3-ubyte"), Optional.empty(), Optional.empty(), false);
  }

  /** Checks the components. */
  public Idx {
    Validation.begin()
        .rule(
            classes.isEmpty() || labels.isPresent(),
            "classes",
            classes.map(String::valueOf).orElse("none"),
            "must be left out when there are no labels")
        .between("classes", classes.orElse(1), 1, 256)
        .end();
  }

  @Override
  public Examples open() {
    IdxReader.Values pixels = IdxReader.of("images", images).images();
    Optional<byte[]> known =
        labels.map(
            file -> IdxReader.of("labels", file).labels(pixels.extents()[0], classes.orElse(256)));
    int count = known.map(all -> classes.orElseGet(() -> largest(all) + 1)).orElse(0);
    return ImageExamples.of(pixels, known, count, List.of(), centered);
  }

  private static int largest(byte[] labels) {
    int largest = 0;
    for (byte label : labels) {
      largest = Math.max(largest, Byte.toUnsignedInt(label));
    }
    return largest;
  }
}
