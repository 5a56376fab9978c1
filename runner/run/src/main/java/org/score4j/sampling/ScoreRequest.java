package org.score4j.sampling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.score4j.api.PixelRange;
import org.score4j.engine.score.TimeRange;
import org.score4j.format.TensorFile;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.ndarray.Shape;

/**
 * A safetensors file of data of which something is wanted: {@code x} [B, H, W, C] or [B, D], or
 * {@code x_nchw} [B, C, H, W], or {@code samples} as {@code x}; {@code t} [B] if the data are
 * noised, which samples need not be; and {@code labels} [B] if the data have classes, -1 for any,
 * which is also what a file without labels means. Numbers are float32, or float64 that are rounded;
 * times may be whole numbers too; labels are int32 or int64. 8-bit images may be given as bytes
 * where they are not noised.
 */
public final class ScoreRequest {
  private static final String NHWC = "x";
  private static final String NCHW = "x_nchw";
  private static final String SAMPLES = SampleFile.TENSOR;
  static final List<String> DATA = List.of(NHWC, NCHW, SAMPLES);
  private static final String TIME = "t";
  public static final String LABELS = "labels";
  private static final String BYTES = "U8";

  private final TensorFile file;
  private final Shape example;
  private final int classes;
  private final Optional<TimeRange> times;
  private final Optional<PixelRange> bytes;
  private final List<String> found;
  private final boolean channelsFirst;

  private ScoreRequest(
      TensorFile file,
      Shape example,
      int classes,
      Optional<TimeRange> times,
      Optional<PixelRange> bytes) {
    this.file = file;
    this.example = example;
    this.classes = classes;
    this.times = times;
    this.bytes = bytes;
    this.found = DATA.stream().filter(file::contains).toList();
    this.channelsFirst = file.contains(NCHW);
  }

  /**
   * Opens a file and checks all of it but its numbers.
   *
   * @param example shape of one example, [H, W, C] or [D]
   * @param classes number of classes of the data, 0 if none
   * @param times of noised data; empty if there are to be none
   * @throws BadInput telling everything that is wrong with names, types and shapes
   */
  public static ScoreRequest open(
      Path path, Shape example, int classes, Optional<TimeRange> times) {
    return open(path, example, classes, times, Optional.empty());
  }

  /**
   * The same of data that may be bytes.
   *
   * @param bytes what bytes stand for; empty if there are to be none
   */
  public static ScoreRequest open(
      Path path,
      Shape example,
      int classes,
      Optional<TimeRange> times,
      Optional<PixelRange> bytes) {
    var request = new ScoreRequest(TensorFile.openSound(path), example, classes, times, bytes);
    List<String> faults = request.faults();
    if (!faults.isEmpty()) {
      throw new BadInput(faults.stream().map(fault -> path + ": " + fault).toList());
    }
    return request;
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    file.names().stream()
        .filter(name -> !known().contains(name))
        .forEach(
            name ->
                faults.add(
                    name
                        + ": unexpected; known: x, x_nchw or samples, "
                        + (times.isPresent() ? "t, labels" : "labels")));
    if (found.size() != 1) {
      faults.add(
          (found.isEmpty()
                  ? "holds no "
                  : "holds " + String.join(" and ", found) + ", wanted one of them: ")
              + wantedData());
    } else {
      checkData(faults);
    }
    if (times.isPresent()) {
      boolean required = !found.contains(SAMPLES);
      checkVector(
          TIME, Set.of("F32", "F64", "I32", "I64"), "F32, F64, I32 or I64", required, faults);
    }
    if (classes > 0) {
      checkVector(LABELS, Set.of("I32", "I64"), "I32 or I64", false, faults);
    } else if (file.contains(LABELS)) {
      faults.add("labels: unexpected, for the run's data have no classes");
    }
    return faults;
  }

  private Set<String> known() {
    Set<String> known = new HashSet<>(DATA);
    known.add(LABELS);
    times.ifPresent(unused -> known.add(TIME));
    return known;
  }

  private String wantedData() {
    return "x of shape "
        + withBatch(example)
        + (isImage() ? ", or x_nchw of shape " + withBatch(channelsFirst(example)) : "");
  }

  private void checkData(List<String> faults) {
    Shape found = file.shape(data());
    if (bytes.isPresent()) {
      checkType(data(), Set.of("F32", "F64", BYTES), "F32, F64 or U8", faults);
    } else {
      checkType(data(), Set.of("F32", "F64"), "F32 or F64", faults);
    }
    boolean right =
        found.numDimensions() > 0
            && found.tail().equals(channelsFirst ? channelsFirst(example) : example)
            && (isImage() || !channelsFirst);
    if (!right) {
      faults.add(data() + ": has shape " + shown(found) + ", expected " + wantedData());
    } else if (batch() == 0) {
      faults.add(data() + ": holds no examples");
    }
  }

  private void checkVector(
      String name, Set<String> types, String wanted, boolean required, List<String> faults) {
    if (!file.contains(name)) {
      if (required) {
        faults.add("holds no " + name + " of shape [B]");
      }
      return;
    }
    checkType(name, types, wanted, faults);
    Shape shape = file.shape(name);
    boolean dataKnown = found.size() == 1;
    if (shape.numDimensions() != 1 || dataKnown && sizeOf(data()) != shape.get(0)) {
      faults.add(
          "%s: has shape %s, expected %s"
              .formatted(name, shown(shape), dataKnown ? "[" + sizeOf(data()) + "]" : "[B]"));
    }
  }

  private void checkType(String name, Set<String> types, String wanted, List<String> faults) {
    if (!types.contains(file.type(name))) {
      faults.add("%s: has type %s, expected %s".formatted(name, file.type(name), wanted));
    }
  }

  private long sizeOf(String name) {
    Shape shape = file.shape(name);
    return shape.numDimensions() == 0 ? 0 : shape.get(0);
  }

  private boolean isImage() {
    return example.numDimensions() == 3;
  }

  private static Shape channelsFirst(Shape image) {
    return image.numDimensions() == 3 ? Shape.of(image.get(2), image.get(0), image.get(1)) : image;
  }

  private static String withBatch(Shape shape) {
    return shown(shape).replaceFirst("\\[", "[B, ");
  }

  private static String shown(Shape shape) {
    return Arrays.toString(shape.asArray());
  }

  /** What data of this layout are called: what is made of samples is no longer samples. */
  public String name() {
    return channelsFirst ? NCHW : NHWC;
  }

  private String data() {
    return found.get(0);
  }

  /** Number of examples. */
  public long batch() {
    return sizeOf(data());
  }

  /** Shape of all examples in the file's own layout. */
  public Shape shape() {
    return file.shape(data());
  }

  /**
   * Noised data.
   *
   * @return row-major [count, H, W, C] or [count, D]
   * @throws BadInput if one is not finite
   */
  public float[] data(long first, int count) {
    int size = (int) example.size();
    double[] numbers = file.numbers(data(), first * size, count * size);
    float[] values = new float[numbers.length];
    Optional<PixelRange> pixels = bytes.filter(unused -> file.type(data()).equals(BYTES));
    for (int i = 0; i < values.length; i++) {
      double number = numbers[i];
      values[i] = pixels.map(range -> range.fromByte((byte) number)).orElse((float) number);
      if (!Float.isFinite(values[i])) {
        throw fault(
            data() + place(first * size + i) + " is " + numbers[i] + ", expected a finite float32");
      }
    }
    return channelsFirst ? permuted(values, true) : values;
  }

  /** Values [count, H, W, C] in the file's own layout. */
  public float[] inOwnLayout(float[] values) {
    return channelsFirst ? permuted(values, false) : values;
  }

  private float[] permuted(float[] values, boolean toChannelsLast) {
    int channels = (int) example.get(2);
    int pixels = (int) (example.size() / channels);
    float[] permuted = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int image = i / (pixels * channels);
      int pixel = i / channels % pixels;
      int channel = i % channels;
      int first = (image * channels + channel) * pixels + pixel;
      permuted[toChannelsLast ? i : first] = values[toChannelsLast ? first : i];
    }
    return permuted;
  }

  /**
   * Times; of samples that have none, where the forward process starts.
   *
   * @throws BadInput if one is outside the forward process
   */
  float[] times(long first, int count) {
    TimeRange range = times.orElseThrow();
    float[] values = new float[count];
    if (!file.contains(TIME)) {
      Arrays.fill(values, range.first());
      return values;
    }
    double[] numbers = file.numbers(TIME, first, count);
    for (int i = 0; i < count; i++) {
      values[i] = (float) numbers[i];
      if (!range.contains(values[i])) {
        throw fault(
            String.format(
                Locale.ROOT,
                "t[%d] is %s, expected a time of the forward process, from %s to %s%s",
                first + i,
                numbers[i],
                range.first(),
                range.last(),
                range.first() == 1 && numbers[i] == 0
                    ? "; timestep k of diffusers is t = k + 1"
                    : ""));
      }
    }
    return values;
  }

  /** Whether these are samples. */
  boolean samples() {
    return data().equals(SAMPLES);
  }

  /** Whether the file tells classes. */
  public boolean labelled() {
    return file.contains(LABELS);
  }

  /** Whether data other than samples, whose classes go along with them, have classes. */
  boolean asksForClasses() {
    return labelled()
        && !found.contains(SAMPLES)
        && Arrays.stream(labels(0, Math.toIntExact(batch()))).anyMatch(label -> label >= 0);
  }

  /**
   * Classes; all -1 if the file has none.
   *
   * @throws BadInput if one is not a class
   */
  public int[] labels(long first, int count) {
    int[] values = new int[count];
    Arrays.fill(values, -1);
    if (file.contains(LABELS)) {
      double[] numbers = file.numbers(LABELS, first, count);
      for (int i = 0; i < count; i++) {
        if (numbers[i] < -1 || numbers[i] >= classes) {
          throw fault(
              String.format(
                  Locale.ROOT,
                  "labels[%d] is %.0f, expected a class from 0 to %d, or -1 for any",
                  first + i,
                  numbers[i],
                  classes - 1));
        }
        values[i] = (int) numbers[i];
      }
    }
    return values;
  }

  private String place(long index) {
    long[] sizes = shape().asArray();
    long rest = index;
    long[] place = new long[sizes.length];
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return Arrays.toString(place);
  }

  private BadInput fault(String fault) {
    return new BadInput(file.path() + ": " + fault);
  }
}
