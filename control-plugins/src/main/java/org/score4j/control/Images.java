package org.score4j.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;
import org.score4j.api.KnownImages;
import org.score4j.api.LinearOperator;
import org.score4j.api.Standardization;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Images of which something is known, given in one of three ways: sample n goes with image n modulo
 * their number.
 *
 * @param examples numbers of examples of the data, from 0
 * @param file PNG, or {@code .safetensors} whose tensor {@code samples} is [N, ...], with their
 *     classes in {@code labels} [N] if they are known
 * @param measured the same, but of y = A x_0 itself rather than of x_0
 */
public record Images(List<Long> examples, Optional<Path> file, Optional<Path> measured) {
  private static final String TENSORS = ".safetensors";

  /** Examples of the data. */
  public Images(List<Long> examples) {
    this(examples, Optional.empty(), Optional.empty());
  }

  /** Copies the list and checks the components. */
  public Images {
    examples = List.copyOf(examples);
    int ways = (examples.isEmpty() ? 0 : 1) + (int) file.stream().count();
    ways += (int) measured.stream().count();
    Validation.begin()
        .rule(
            ways == 1,
            "examples",
            examples,
            "must be given, or else one of file and measured, and only one of the three")
        .rule(examples.stream().allMatch(n -> n >= 0), "examples", examples, "must be 0 or above")
        .end();
  }

  /** The class of the image that goes with a sample; empty if it is unknown. */
  OptionalInt imageClass(long sample, KnownImages.Labels labels) {
    if (!examples.isEmpty()) {
      return labels.ofExample(examples.get((int) (sample % examples.size())));
    }
    Path path = file.or(() -> measured).orElseThrow();
    List<Integer> classes =
        path.toString().endsWith(TENSORS) ? labels.ofFile(path) : List.<Integer>of();
    int label = classes.isEmpty() ? -1 : classes.get((int) (sample % classes.size()));
    return label < 0 ? OptionalInt.empty() : OptionalInt.of(label);
  }

  /** A^+ y of each sample, [B, ...]. */
  Operand<TFloat32> known(ControlGraph graph, LinearOperator operator) {
    var tf = graph.tf();
    Shape one = graph.shape().tail();
    if (one.numDimensions() != 3) {
      throw new InvalidValueException(
          "examples", examples, "must be images [H, W, C], but data have shape " + one);
    }
    Shape read = measured.isPresent() ? measuredShape(graph, operator, one) : one;
    List<float[]> images = images(graph, read);
    int rows = rows(images.size(), operator.images(graph));
    float[] all = new float[Math.toIntExact(rows * read.size())];
    for (int i = 0; i < rows; i++) {
      float[] image = images.get(i % images.size());
      System.arraycopy(image, 0, all, (int) (i * read.size()), image.length);
    }
    Operand<TFloat32> table = tf.constant(read.prepend(rows), DataBuffers.of(all));
    var each = operator.of(graph, tf.constant(LongStream.range(0, rows).toArray()));
    var y = measured.isPresent() ? table : each.apply(tf, table);
    var like = tf.fill(tf.constant(one.prepend(rows).asArray()), tf.constant(0f));
    var number = tf.math.floorMod(graph.numbers(), tf.constant((long) rows));
    return tf.gather(each.pseudoInverse(tf, y, like), number, tf.constant(0));
  }

  /** How many pairs of an image and an operator there are. */
  private static int rows(int images, int operators) {
    if (images != operators && images != 1 && operators != 1) {
      throw new InvalidValueException(
          "files",
          operators + " masks",
          "must be one mask for all images, or one for each of the " + images + " images");
    }
    return Math.max(images, operators);
  }

  private static Shape measuredShape(ControlGraph graph, LinearOperator operator, Shape one) {
    var tf = graph.tf();
    var blank = tf.fill(tf.constant(one.prepend(1).asArray()), tf.constant(0f));
    var first = operator.of(graph, tf.constant(new long[] {0}));
    return first.apply(tf, blank).shape().tail();
  }

  private List<float[]> images(ControlGraph graph, Shape shape) {
    if (!examples.isEmpty()) {
      List<float[]> images = new ArrayList<>();
      examples.forEach(number -> images.add(graph.example(number)));
      return images;
    }
    String component = file.isPresent() ? "file" : "measured";
    Path path = file.or(() -> measured).orElseThrow();
    List<float[]> images =
        path.toString().endsWith(TENSORS)
            ? graph.tensors(path, shape)
            : List.of(
                PngImage.read(
                    component,
                    path,
                    (int) shape.get(0),
                    (int) shape.get(1),
                    (int) shape.get(2),
                    graph.pixels()));
    graph
        .standardization()
        .map(all -> ofChannels(all, component, path, shape))
        .ifPresent(change -> images.forEach(change::apply));
    return images;
  }

  /**
   * The standardization of images or measurements with so many channels. Operators keep a constant
   * image as it is, so that of a measurement is that of the image, channel by channel; grey has one
   * only if all channels have the same.
   */
  private static Standardization ofChannels(
      Standardization all, String component, Path path, Shape shape) {
    int channels = (int) shape.get(2);
    if (channels == all.mean().size()) {
      return all;
    }
    boolean alike =
        all.mean().stream().distinct().count() == 1
            && all.deviation().stream().distinct().count() == 1;
    if (!alike) {
      throw new InvalidValueException(
          component,
          path + " of " + channels + " channels",
          "must have the "
              + all.mean().size()
              + " channels of the data, each of which is standardized by its own mean and"
              + " deviation");
    }
    return new Standardization(
        Collections.nCopies(channels, all.mean().get(0)),
        Collections.nCopies(channels, all.deviation().get(0)));
  }
}
