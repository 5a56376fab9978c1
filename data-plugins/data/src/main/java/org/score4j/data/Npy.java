package org.score4j.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.score4j.data.image.Memory;
import org.tensorflow.ndarray.Shape;

/**
 * Rows of an array that NumPy saved (numpy.lib.format), of any number, read when they are needed.
 *
 * <p>An array [N, H, W, C], [N, C, H, W] or [N, H, W] holds images, one [N, D] points. Numbers of
 * type uint8 are pixels of a range; float16, float32 and float64 are taken as they are, in float32,
 * and must be finite.
 *
 * @param path the array, an {@code .npy} file in C order
 * @param labels the class of each row, an {@code .npy} file of integers [N], if there is one
 * @param classes number of classes, each label being below it; the largest label plus 1 if empty
 * @param layout of images in the file; channels last if empty, unless the extents say otherwise,
 *     when it must be given
 * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1], the default; false if
 *     the numbers are no pixels
 * @param quantize whether images of floats from 0 to 255 are rounded to 8-bit pixels
 */
@PluginName("npy")
public record Npy(
    @Required Path path,
    Optional<Path> labels,
    Optional<Integer> classes,
    Optional<Layout> layout,
    boolean centered,
    boolean quantize)
    implements Dataset {
  private static final List<String> NUMBERS = List.of("u1", "f2", "f4", "f8");
  private static final List<String> INTEGERS =
      List.of("b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8");
  private static final int MOST_CLASSES = 1 << 20;
  private static final int MOST_CHANNELS = 4;

  /** No labels, channels last, pixels in [0, 1]. */
  public Npy() {
    this(Path.of("data.npy"), Optional.empty(), Optional.empty(), Optional.empty(), false, false);
  }

  /** Checks the components. */
  public Npy {
    Validation.begin()
        .rule(
            classes.isEmpty() || labels.isPresent(),
            "classes",
            classes.map(String::valueOf).orElse("none"),
            "must be left out when there are no labels")
        .between("classes", classes.orElse(1), 1, MOST_CLASSES)
        .end();
  }

  @Override
  public Examples open() {
    NpyFile array = NpyFile.open("path", path, NUMBERS);
    try {
      Shape shape = shape(array);
      boolean bytes = array.type().equals("u1");
      boolean pixels = bytes || quantize;
      Validation.begin()
          .rule(
              pixels || !centered,
              "centered",
              true,
              "must be false for an array of type " + array.type() + ", which is taken as it is")
          .rule(
              !quantize || shape.numDimensions() == 3,
              "quantize",
              true,
              "must be false for points, as only images have pixels")
          .end();
      int[] known = labels.map(file -> labels(file, array.rows())).orElseGet(() -> new int[0]);
      int count =
          labels.isEmpty() ? 0 : classes.orElseGet(() -> Arrays.stream(known).max().getAsInt() + 1);
      PixelRange range = centered ? PixelRange.CENTERED : PixelRange.UNIT;
      Fingerprint fingerprint =
          new Fingerprint("npy")
              .with(layout.orElse(Layout.CHANNELS_LAST).ordinal())
              .with(range.low())
              .with(range.high())
              .with(count);
      for (int label : known) {
        fingerprint.with(label);
      }
      if (quantize && !bytes) {
        fingerprint.with("quantize");
      }
      array.addTo(fingerprint);
      return new Rows(
          array,
          shape,
          planes() && shape.numDimensions() == 3,
          pixels ? Optional.of(range) : Optional.empty(),
          known,
          count,
          fingerprint.hex());
    } catch (RuntimeException e) {
      array.close();
      throw e;
    }
  }

  private Shape shape(NpyFile array) {
    long[] extents = array.extents();
    if (extents.length < 2 || extents.length > 4) {
      throw array
          .file()
          .fault(
              "shape " + Arrays.toString(extents),
              "must have shape [N, D], [N, H, W], [N, H, W, C] or [N, C, H, W]"
                  + (extents.length == 1 ? "; array[:, None] is a column [N, 1]" : ""));
    }
    if (layout.isEmpty() && looksChannelsFirst(extents)) {
      throw new InvalidValueException(
          "layout",
          path + ": shape " + Arrays.toString(extents),
          "must be given: \"channels-first\" for images of "
              + extents[2]
              + " x "
              + extents[3]
              + " pixels with "
              + extents[1]
              + (extents[1] == 1 ? " channel" : " channels")
              + ", \"channels-last\" if they are "
              + extents[1]
              + " x "
              + extents[2]
              + " with "
              + extents[3]);
    }
    if (array.rowBytes() > Memory.largestPiece()) {
      throw array.file().fault("rows of " + array.rowBytes() + " bytes each", Memory.rule());
    }
    return switch (extents.length) {
      case 2 -> Shape.of(extents[1]);
      case 3 -> Shape.of(extents[1], extents[2], 1);
      default ->
          planes()
              ? Shape.of(extents[2], extents[3], extents[1])
              : Shape.of(extents[1], extents[2], extents[3]);
    };
  }

  private boolean planes() {
    return layout.orElse(Layout.CHANNELS_LAST) == Layout.CHANNELS_FIRST;
  }

  /** Images have one to four channels far more often than they are as few pixels high. */
  private static boolean looksChannelsFirst(long[] extents) {
    return extents.length == 4
        && extents[1] <= MOST_CHANNELS
        && extents[2] > MOST_CHANNELS
        && extents[3] > MOST_CHANNELS;
  }

  private int[] labels(Path file, long rows) {
    try (NpyFile array = NpyFile.open("labels", file, INTEGERS)) {
      if (array.extents().length != 1 || array.rows() != rows) {
        throw array
            .file()
            .fault(
                "shape " + Arrays.toString(array.extents()),
                "must have shape ["
                    + rows
                    + "], one label for each row"
                    + (array.extents().length == 2
                        ? "; array.ravel() is of one dimension, array.argmax(1) makes classes of"
                            + " one-hot rows"
                        : ""));
      }
      if (rows > Memory.largestPiece() / Long.BYTES) {
        throw array.file().fault(rows + " labels", Memory.rule());
      }
      int below = classes.orElse(MOST_CLASSES);
      ByteBuffer values =
          ByteBuffer.wrap(array.file().bytes(array.start(), (int) (rows * array.width())))
              .order(array.order());
      int[] labels = new int[(int) rows];
      for (int i = 0; i < labels.length; i++) {
        long label =
            switch (array.type()) {
              case "b1", "u1" -> Byte.toUnsignedInt(values.get());
              case "i1" -> values.get();
              case "u2" -> Short.toUnsignedInt(values.getShort());
              case "i2" -> values.getShort();
              case "u4" -> Integer.toUnsignedLong(values.getInt());
              case "i4" -> values.getInt();
              default -> values.getLong();
            };
        if (label < 0 || label >= below) {
          throw array
              .file()
              .fault("label " + label + " of row " + i, "must be from 0 to " + (below - 1));
        }
        labels[i] = (int) label;
      }
      return labels;
    }
  }

  /** The rows, each as an example. */
  private record Rows(
      NpyFile array,
      Shape shape,
      boolean planes,
      Optional<PixelRange> pixels,
      int[] labels,
      int classes,
      String fingerprint)
      implements Examples {

    @Override
    public OptionalLong size() {
      return OptionalLong.of(array.rows());
    }

    @Override
    public void read(long index, ByteBuffer into) {
      ByteBuffer row = array.row(Objects.checkIndex(index, array.rows()));
      int count = (int) shape.size();
      int channels = planes ? (int) shape.get(2) : 1;
      int plane = count / channels;
      for (int i = 0; i < count; i++) {
        int from = planes ? i % channels * plane + i / channels : i;
        if (array.type().equals("u1")) {
          into.put(row.get(from));
        } else if (pixels.isPresent()) {
          into.put(pixel(row, from, index));
        } else {
          into.putFloat(finite(row, from, index));
        }
      }
    }

    private byte pixel(ByteBuffer row, int from, long index) {
      double value = Math.rint(array.number(row, from));
      if (!(value >= 0 && value <= 255)) {
        throw fault(row, from, index, "must hold numbers from 0 to 255 to be quantized");
      }
      return (byte) value;
    }

    private float finite(ByteBuffer row, int from, long index) {
      float value = (float) array.number(row, from);
      if (!Float.isFinite(value)) {
        throw fault(row, from, index, "must hold finite numbers of float32");
      }
      return value;
    }

    private InvalidValueException fault(ByteBuffer row, int from, long index, String rule) {
      return array
          .file()
          .fault(array.number(row, from) + " at place " + from + " of row " + index, rule);
    }

    @Override
    public int label(long index) {
      return classes == 0
          ? Examples.super.label(index)
          : labels[(int) Objects.checkIndex(index, array.rows())];
    }

    @Override
    public void close() {
      array.close();
    }
  }
}
