package org.score4j.data;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.score4j.data.image.Background;
import org.score4j.data.image.Picture;
import org.score4j.data.image.PictureDecoder;
import org.score4j.format.FileFault;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;

/**
 * Images in TFRecord files of {@code tf.train.Example}, of any number, read when they are needed;
 * checksums are checked. Examples are [H, W, C].
 *
 * <p>Records of TensorFlow Datasets have an encoded {@code image} and a {@code label}. Those of
 * StyleGAN and score_sde have raw {@code data}, channels first, and their {@code shape}: {@code
 * {"type": "tfrecord", "path": "ffhq-r08.tfrecords", "image": "data", "content":
 * "channels-first"}}.
 *
 * @param path a file, or a folder of which all files with {@code .tfrecord} in their names are
 *     read, in the order of the names
 * @param image the feature that holds the image
 * @param content whether the image is encoded (PNG, JPEG, GIF, BMP, TIFF or WebP), or raw bytes in
 *     one of two layouts; their shape is that of the feature {@code shape}, three integers in the
 *     same layout, or if there is none given by size and channels; encoded by default
 * @param label the feature that holds the class, an integer; no labels if empty
 * @param classes number of classes, each label being below it; given if and only if there is a
 *     label
 * @param size of the examples, up to 16384: one number for squares, or height and width as in
 *     {@code [48, 64]}; that of the first image if empty
 * @param channels 1 for grey, 3 for colour, to which all images are converted; if empty, what the
 *     first image has, and all must have
 * @param resize what is done with images of another size; by default they are refused
 * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1], the default
 * @param background the color [red, green, blue] behind transparent images, each from 0 to 255; if
 *     empty, the default, transparency is ignored: pixels have the color that is stored for them
 * @param broken what is done with records whose images cannot be read; by default they are refused.
 *     To skip them takes decoding all images once when the data are opened
 */
@PluginName("tfrecord")
public record TfRecord(
    @Required Path path,
    String image,
    Content content,
    Optional<String> label,
    Optional<Integer> classes,
    Optional<List<Integer>> size,
    Optional<Integer> channels,
    Resize resize,
    boolean centered,
    List<Integer> background,
    Broken broken)
    implements Dataset {
  private static final String SHAPE = "shape";

  /** How a record holds an image. */
  public enum Content {
    /** As a PNG, JPEG, GIF, BMP, TIFF or WebP file. */
    ENCODED,
    /** As bytes [H, W, C]. */
    CHANNELS_LAST,
    /** As bytes [C, H, W]. */
    CHANNELS_FIRST
  }

  /** Encoded images of the feature {@code image}, no labels, pixels in [0, 1]. */
  public TfRecord() {
    this(
        Path.of("images.tfrecord"),
        "image",
        Content.ENCODED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Resize.NONE,
        false,
        List.of(),
        Broken.REFUSE);
  }

  /** Checks the components. */
  public TfRecord {
    Background.check(Fitting.check(Validation.begin(), size, channels), background)
        .rule(
            label.isPresent() == classes.isPresent(),
            "classes",
            classes.map(String::valueOf).orElse("none"),
            "must be given if and only if there is a label")
        .between("classes", classes.orElse(1), 1, 1 << 20)
        .end();
    background = List.copyOf(background);
  }

  @Override
  public Examples open() {
    Fingerprint source =
        new Fingerprint("tfrecord").with(image).with(content.ordinal()).with(label.orElse(""));
    background.forEach(source::with);
    Records all = records(source);
    List<String> warnings = new ArrayList<>();
    Records records = broken == Broken.SKIP ? whole(all, source, warnings) : all;
    return ArchivedImages.open(
        records,
        new Fitting(size, channels, resize),
        label.isPresent() ? records : ArchivedImages.Labels.NONE,
        centered,
        source.hex(),
        warnings);
  }

  /** The records without those that are skipped. */
  private Records whole(Records all, Fingerprint source, List<String> warnings) {
    try {
      List<Integer> numbers = IntStream.range(0, all.count()).boxed().toList();
      List<String> names = numbers.stream().map(all::inPath).toList();
      List<Listing.Unusable> left = new ArrayList<>();
      List<Integer> whole = BrokenImages.leaveOut(all, numbers, names, left);
      if (whole.isEmpty()) {
        throw BrokenImages.fault("path", path.toString(), left);
      }
      if (!left.isEmpty()) {
        warnings.add(Listing.skipped(path.toString(), left, all.count()));
        whole.forEach(source::with);
      }
      return all.with(whole);
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private Records records(Fingerprint source) {
    List<RecordFile> files = new ArrayList<>();
    try {
      long count = 0;
      for (Path path : paths()) {
        StoredFile file = StoredFile.open("path", path);
        try {
          files.add(RecordFile.index(file, source));
        } catch (RuntimeException e) {
          file.close();
          throw e;
        }
        count += files.get(files.size() - 1).count();
      }
      if (count < 1 || count > Integer.MAX_VALUE) {
        throw fault(path.toString(), count + " records", "must hold from 1 to 2147483647 records");
      }
      int[] all = IntStream.range(0, (int) count).toArray();
      return new Records(this, List.copyOf(files), all);
    } catch (RuntimeException e) {
      files.forEach(RecordFile::close);
      throw e;
    }
  }

  private List<Path> paths() {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> file.getFileName().toString().contains(".tfrecord"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw fault(path.toString(), FileFault.reason(e), "must be a folder that can be read");
    }
  }

  private static InvalidValueException fault(String file, String found, String rule) {
    return new InvalidValueException("path", file + ": " + found, rule);
  }

  /** The records of all files, one file after the other. */
  private static final class Records implements ImageArchive, ArchivedImages.Labels {
    private final TfRecord keys;
    private final List<RecordFile> files;
    private final int[] used;
    private final CountedShares shares;

    /** Those records, by their numbers in all files, that are used. */
    Records(TfRecord keys, List<RecordFile> files, int[] used) {
      this.keys = keys;
      this.files = files;
      this.used = used;
      this.shares = new CountedShares(classes(), count(), n -> of(Math.toIntExact(n)));
    }

    Records with(List<Integer> numbers) {
      return new Records(keys, files, numbers.stream().mapToInt(n -> n).toArray());
    }

    /** A record of one of the files. */
    private record Place(RecordFile file, int number) {}

    private Place place(int index) {
      int number = used[index];
      for (RecordFile file : files) {
        if (number < file.count()) {
          return new Place(file, number);
        }
        number -= file.count();
      }
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int count() {
      return used.length;
    }

    /** What an image is called within the path. */
    String inPath(int index) {
      Place place = place(index);
      Path file = keys.path.relativize(place.file().file().path());
      String record = "record " + place.number();
      return file.toString().isEmpty() ? record : file + ": " + record;
    }

    @Override
    public String rule() {
      return BrokenImages.RULE;
    }

    @Override
    public String name(int index) {
      Place place = place(index);
      return place.file().file().path() + ": record " + place.number();
    }

    @Override
    public Picture picture(int index) throws IOException {
      Example example = example(index);
      byte[] bytes = feature(example, keys.image).getBytesList().getValue(0).toByteArray();
      return keys.content == Content.ENCODED
          ? new PictureDecoder(Background.of(keys.background)).decode(bytes)
          : raw(example, bytes);
    }

    private Example example(int index) throws IOException {
      Place place = place(index);
      try {
        return Example.parseFrom(place.file().data(place.number()));
      } catch (InvalidProtocolBufferException e) {
        throw new IOException("no tf.train.Example: " + e.getMessage(), e);
      }
    }

    private static Feature feature(Example example, String name) throws IOException {
      Feature feature = example.getFeatures().getFeatureMap().get(name);
      if (feature == null || feature.getBytesList().getValueCount() != 1) {
        throw new IOException(
            (feature == null ? "no feature \"" : "not one byte string in the feature \"")
                + name
                + "\"; there are "
                + example.getFeatures().getFeatureMap().keySet().stream().sorted().toList());
      }
      return feature;
    }

    private static boolean isChannels(long extent) {
      return extent == 1 || extent == 3;
    }

    private Picture raw(Example example, byte[] bytes) throws IOException {
      boolean planes = keys.content == Content.CHANNELS_FIRST;
      Feature shape = example.getFeatures().getFeatureMap().get(SHAPE);
      List<Long> extents;
      if (shape != null) {
        extents = shape.getInt64List().getValueList();
      } else if (keys.size.isPresent() && keys.channels.isPresent()) {
        var fitting = new Fitting(keys.size, keys.channels, keys.resize);
        long height = fitting.height().get();
        long width = fitting.width().get();
        long channels = keys.channels.get();
        extents = planes ? List.of(channels, height, width) : List.of(height, width, channels);
      } else {
        throw new IOException("raw bytes without a shape; give size and channels");
      }
      long[] hwc =
          extents.size() != 3
              ? new long[3]
              : planes
                  ? new long[] {extents.get(1), extents.get(2), extents.get(0)}
                  : new long[] {extents.get(0), extents.get(1), extents.get(2)};
      boolean colours = isChannels(hwc[2]);
      boolean sane = Math.min(hwc[0], hwc[1]) > 0 && Math.max(hwc[0], hwc[1]) <= 1 << 20;
      if (!colours || !sane || hwc[0] * hwc[1] * hwc[2] != bytes.length) {
        boolean turned = extents.size() == 3 && isChannels(extents.get(planes ? 2 : 0));
        throw new IOException(
            bytes.length
                + " raw bytes of an image of shape "
                + extents
                + (turned
                    ? "; set content to \"channels-" + (planes ? "last" : "first") + "\""
                    : ""));
      }
      int height = (int) hwc[0];
      int width = (int) hwc[1];
      int channels = (int) hwc[2];
      return planes
          ? Picture.ofPlanes(height, width, channels, bytes)
          : new Picture(height, width, channels, bytes);
    }

    @Override
    public int classes() {
      return keys.classes.orElse(0);
    }

    @Override
    public double[] shares(int count) {
      return shares.get();
    }

    @Override
    public int of(int index) {
      try {
        Place place = place(index);
        Optional<Feature> feature = place.file().feature(place.number(), keys.label.get());
        if (feature.isEmpty() || feature.get().getInt64List().getValueCount() != 1) {
          throw new IOException("no integer in the feature \"" + keys.label.get() + "\"");
        }
        long label = feature.get().getInt64List().getValue(0);
        if (label < 0 || label >= classes()) {
          throw new IOException("label " + label + ", which is not from 0 to " + (classes() - 1));
        }
        return (int) label;
      } catch (IOException e) {
        throw fault(index, FileFault.reason(e), "must hold a label for each image");
      }
    }

    @Override
    public InvalidValueException fault(int index, String found, String rule) {
      return new InvalidValueException("path", name(index) + ": " + found, rule);
    }

    @Override
    public void close() {
      files.forEach(RecordFile::close);
    }
  }
}
