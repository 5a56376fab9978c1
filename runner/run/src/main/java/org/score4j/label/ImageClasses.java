package org.score4j.label;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.score4j.api.Examples;
import org.score4j.api.KnownImages;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;

/**
 * Classes of images that controls know: those of examples, and those that files of samples hold.
 */
final class ImageClasses implements KnownImages.Labels {
  private static final String LABELS = "labels";

  private final Examples data;
  private final Map<Path, List<Integer>> files = new HashMap<>();

  ImageClasses(Examples data) {
    this.data = data;
  }

  @Override
  public OptionalInt ofExample(long number) {
    boolean known = data.classes() > 0 && number < data.size().orElse(Long.MAX_VALUE);
    return known ? OptionalInt.of(data.label(number)) : OptionalInt.empty();
  }

  @Override
  public synchronized List<Integer> ofFile(Path file) {
    return files.computeIfAbsent(file, this::read);
  }

  /** A file that cannot be read is refused where its images are. */
  private List<Integer> read(Path path) {
    TensorFile file;
    try {
      file = TensorFile.openSound(path);
    } catch (TensorFileException e) {
      return List.of();
    }
    if (!file.contains(LABELS) || file.shape(LABELS).numDimensions() != 1) {
      return List.of();
    }
    List<Integer> labels = new ArrayList<>();
    for (double label : file.numbers(LABELS, 0, (int) file.shape(LABELS).get(0))) {
      if (!(label >= -1 && label < data.classes()) || label != Math.rint(label)) {
        throw new BadInput(
            path
                + ": labels["
                + labels.size()
                + "] is "
                + label
                + ", but the data have "
                + data.classes()
                + " classes; remove the labels from the file, or give it classes of the data");
      }
      labels.add((int) label);
    }
    return List.copyOf(labels);
  }
}
