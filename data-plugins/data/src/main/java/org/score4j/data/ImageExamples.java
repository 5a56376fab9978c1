package org.score4j.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

/**
 * 8-bit images in memory, one after the other, each row-major [H, W, C].
 *
 * @param labels the class of each image as an unsigned byte; empty when they are not labelled
 * @param classNames names of the classes; empty when they have none
 */
record ImageExamples(
    Shape shape,
    byte[] bytes,
    Optional<byte[]> labels,
    int classes,
    List<String> classNames,
    PixelRange range,
    String fingerprint)
    implements Examples {

  /**
   * The images of an idx file, [H, W, 1].
   *
   * @param labels as many as there are images, each below {@code classes}
   * @param names of the classes; empty when they have none
   * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1]
   */
  static ImageExamples of(
      IdxReader.Values images,
      Optional<byte[]> labels,
      int classes,
      List<String> names,
      boolean centered) {
    PixelRange range = centered ? PixelRange.CENTERED : PixelRange.UNIT;
    Fingerprint fingerprint = new Fingerprint("idx").with(range.low()).with(range.high());
    for (int extent : images.extents()) {
      fingerprint.with(extent);
    }
    fingerprint.with(images.bytes()).with(classes);
    labels.ifPresent(fingerprint::with);
    Shape shape = Shape.of(images.extents()[1], images.extents()[2], 1);
    return new ImageExamples(
        shape, images.bytes(), labels, classes, names, range, fingerprint.hex());
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(count());
  }

  @Override
  public Optional<PixelRange> pixels() {
    return Optional.of(range);
  }

  @Override
  public void read(long index, ByteBuffer into) {
    int length = (int) shape.size();
    into.put(bytes, (int) Objects.checkIndex(index, count()) * length, length);
  }

  @Override
  public int label(long index) {
    return labels
        .map(all -> Byte.toUnsignedInt(all[(int) Objects.checkIndex(index, count())]))
        .orElseGet(() -> Examples.super.label(index));
  }

  private long count() {
    return bytes.length / shape.size();
  }
}
