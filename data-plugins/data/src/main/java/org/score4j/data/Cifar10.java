package org.score4j.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.data.image.Picture;
import org.score4j.format.FileFault;
import org.tensorflow.ndarray.Shape;

/**
 * CIFAR-10 (Krizhevsky 2009, "Learning multiple layers of features from tiny images"): colour
 * images [32, 32, 3] of ten classes, 50,000 to train with and 10,000 to test with, in the published
 * binary version: records of a label and 3072 bytes [C, H, W], 10,000 a file. They are held in
 * memory, 154 MB for the training images.
 *
 * @param path {@code cifar-10-binary.tar.gz} as published at
 *     https://www.cs.toronto.edu/~kriz/cifar.html, the folder {@code cifar-10-batches-bin} that it
 *     unpacks to, or the folder around that
 * @param split which images; the training images by default
 * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1], the default
 */
@PluginName("cifar-10")
public record Cifar10(@Required Path path, Split split, boolean centered) implements Dataset {

  /** As batches.meta.txt of the published archive names them. */
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;
  private static final int RECORD = 1 + PIXELS;
  private static final int RECORDS = 10_000;
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final String RULE =
      "must be cifar-10-binary.tar.gz of https://www.cs.toronto.edu/~kriz/cifar.html, or the"
          + " folder it unpacks to";

  /** The training images, pixels in [0, 1]. */
  public Cifar10() {
    this(Path.of("cifar-10-binary.tar.gz"), Split.TRAIN, false);
  }

  @Override
  public Examples open() {
    List<byte[]> batches = Files.isDirectory(path) ? fromFolder() : fromArchive();
    Fingerprint fingerprint = new Fingerprint("cifar-10").with(split.ordinal());
    batches.forEach(fingerprint::with);
    PixelRange range = centered ? PixelRange.CENTERED : PixelRange.UNIT;
    fingerprint.with(range.low()).with(range.high());
    return new Records(batches, range, fingerprint.hex());
  }

  private List<String> files() {
    return split == Split.TEST
        ? List.of("test_batch.bin")
        : List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin");
  }

  private List<byte[]> fromFolder() {
    Path inner = path.resolve(FOLDER);
    Path folder = Files.isDirectory(inner) ? inner : path;
    return files().stream().map(folder::resolve).map(Cifar10::fromFile).toList();
  }

  private static byte[] fromFile(Path path) {
    try (StoredFile file = StoredFile.open("path", path)) {
      checkLength(path.toString(), file.length());
      return checked(path.toString(), file.bytes(0, RECORDS * RECORD));
    }
  }

  private List<byte[]> fromArchive() {
    if (!Files.exists(path)) {
      throw fault(path.toString(), "no such file", RULE);
    }
    List<String> files = files();
    var found = new TreeMap<String, byte[]>();
    try (InputStream stream =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path)), 1 << 16)) {
      TarArchive archive = new TarArchive(stream);
      while (found.size() < files.size() && archive.next()) {
        String file = archive.name().substring(archive.name().lastIndexOf('/') + 1);
        if (files.contains(file)) {
          String name = path + "/" + archive.name();
          checkLength(name, archive.length());
          found.put(file, checked(name, archive.content()));
        }
      }
    } catch (EOFException e) {
      throw fault(path.toString(), "the end of the file too early", RULE);
    } catch (IOException e) {
      throw fault(path.toString(), FileFault.reason(e), RULE);
    }
    for (String file : files) {
      if (!found.containsKey(file)) {
        throw fault(path.toString(), "no " + file, RULE);
      }
    }
    return List.copyOf(found.values());
  }

  private static void checkLength(String name, long length) {
    if (length != (long) RECORDS * RECORD) {
      throw fault(
          name, length + " bytes", "must hold 10,000 records of 3073 bytes: 30730000 in all");
    }
  }

  private static byte[] checked(String name, byte[] records) {
    for (int i = 0; i < RECORDS; i++) {
      int label = Byte.toUnsignedInt(records[i * RECORD]);
      if (label >= CLASSES.size()) {
        throw fault(name, "label " + label + " of image " + i, "must hold labels from 0 to 9");
      }
    }
    return records;
  }

  private static InvalidValueException fault(String file, String found, String rule) {
    return new InvalidValueException("path", file + ": " + found, rule);
  }

  /** Files of 10,000 records. */
  private record Records(List<byte[]> batches, PixelRange range, String fingerprint)
      implements Examples {

    @Override
    public OptionalLong size() {
      return OptionalLong.of((long) batches.size() * RECORDS);
    }

    @Override
    public Shape shape() {
      return Shape.of(SIDE, SIDE, 3);
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.of(range);
    }

    @Override
    public int classes() {
      return CLASSES.size();
    }

    @Override
    public List<String> classNames() {
      return CLASSES;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      byte[] batch = batch(index);
      int from = (int) (index % RECORDS) * RECORD + 1;
      byte[] planes = Arrays.copyOfRange(batch, from, from + PIXELS);
      into.put(Picture.ofPlanes(SIDE, SIDE, 3, planes).bytes());
    }

    @Override
    public int label(long index) {
      return batch(index)[(int) (index % RECORDS) * RECORD];
    }

    private byte[] batch(long index) {
      return batches.get((int) (Objects.checkIndex(index, size().getAsLong()) / RECORDS));
    }
  }
}
