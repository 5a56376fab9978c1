package org.score4j.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.data.image.Picture;
import org.score4j.format.FileFault;
import org.tensorflow.ndarray.Shape;

/** Images that are decoded when they are read, and brought to one shape. */
record ArchivedImages(
    ImageArchive archive,
    Fitting fitting,
    Shape shape,
    Labels labels,
    PixelRange range,
    String fingerprint,
    List<String> warnings)
    implements Examples {

  /** The classes of images. */
  interface Labels {
    /** Images that have none. */
    Labels NONE = of(new int[0], 0);

    /** How many classes there are; 0 if there are no labels. */
    int classes();

    /** Names of the classes; empty if they have none. */
    default List<String> names() {
      return List.of();
    }

    /** The class of an image. */
    int of(int index);

    /** The share of each class among the first {@code count} images, [classes]. */
    default double[] shares(int count) {
      return new CountedShares(classes(), count, n -> of((int) n)).get();
    }

    /** Labels in memory. */
    static Labels of(int[] labels, int classes) {
      return new Known(labels, classes, List.of());
    }

    /** Labels in memory, of classes with names. */
    static Labels of(int[] labels, List<String> names) {
      return new Known(labels, names.size(), names);
    }

    /** Labels in memory; no names if empty. */
    record Known(int[] labels, int classes, List<String> names) implements Labels {
      @Override
      public int of(int index) {
        return labels[index];
      }
    }
  }

  /**
   * Opens an archive, which is closed if that fails.
   *
   * @param source a digest of what the archive holds
   * @param warnings what is to be said of files that are passed over
   * @throws InvalidValueException if the first image cannot be read, with all that cannot
   */
  static ArchivedImages open(
      ImageArchive archive,
      Fitting fitting,
      Labels labels,
      boolean centered,
      String source,
      List<String> warnings) {
    try {
      PixelRange range = centered ? PixelRange.CENTERED : PixelRange.UNIT;
      Shape shape = fitting.shape(first(archive));
      Fingerprint fingerprint =
          new Fingerprint("images")
              .with(source)
              .with(range.low())
              .with(range.high())
              .with(labels.classes())
              .with(fitting.resize().ordinal());
      for (long extent : shape.asArray()) {
        fingerprint.with(extent);
      }
      return new ArchivedImages(
          archive, fitting, shape, labels, range, fingerprint.hex(), List.copyOf(warnings));
    } catch (RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private static Picture first(ImageArchive archive) {
    try {
      return archive.picture(0);
    } catch (IOException e) {
      throw BrokenImages.fault(archive);
    }
  }

  private static Picture picture(ImageArchive archive, int index) {
    try {
      return archive.picture(index);
    } catch (IOException e) {
      throw archive.fault(index, FileFault.reason(e), archive.rule());
    }
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(archive.count());
  }

  @Override
  public Optional<PixelRange> pixels() {
    return Optional.of(range);
  }

  @Override
  public int classes() {
    return labels.classes();
  }

  @Override
  public List<String> classNames() {
    return labels.names();
  }

  @Override
  public double[] classShares() {
    return labels.shares(archive.count());
  }

  @Override
  public void read(long index, ByteBuffer into) {
    int number = (int) Objects.checkIndex(index, (long) archive.count());
    Picture image = picture(archive, number);
    into.put(
        fitting.apply(image, shape, (found, rule) -> archive.fault(number, found, rule)).bytes());
  }

  @Override
  public int label(long index) {
    return classes() == 0
        ? Examples.super.label(index)
        : labels.of((int) Objects.checkIndex(index, (long) archive.count()));
  }

  @Override
  public void close() {
    archive.close();
  }
}
