package org.score4j.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.score4j.api.InvalidValueException;
import org.score4j.format.FileFault;

/**
 * Reads an idx file of unsigned bytes (LeCun, Cortes and Burges, "The MNIST database"), compressed
 * with gzip or not, whatever it is called. All numbers are big endian:
 *
 * <pre>
 *   int32 magic = 0x00000800 + rank;    int32 extents[rank];    uint8 values[product of extents]
 * </pre>
 *
 * <p>Nothing in a file is believed: memory is taken as values arrive, not as the header announces
 * them.
 *
 * @param component the recipe key that led to the file, for errors
 * @param name the file's name, for errors
 * @param source the file
 */
record IdxReader(String component, String name, Source source) {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int BUFFER = 1 << 16;

  /** Where bytes come from. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /** What a file holds: as many values as the product of the extents. */
  record Values(int[] extents, byte[] bytes) {}

  /** A reader of a file. */
  static IdxReader of(String component, Path file) {
    return new IdxReader(component, file.toString(), () -> Files.newInputStream(file));
  }

  /** Reads images: the extents are count, height and width. */
  Values images() {
    return read(3);
  }

  /**
   * Reads labels.
   *
   * @param count how many there must be
   * @param classes what each must be below
   */
  byte[] labels(int count, int classes) {
    byte[] labels = read(1).bytes();
    if (labels.length != count) {
      throw fault(
          labels.length + " labels", "must have one label for each of the " + count + " images");
    }
    for (int i = 0; i < count; i++) {
      int label = Byte.toUnsignedInt(labels[i]);
      if (label >= classes) {
        throw fault("label " + label + " of image " + i, "must be from 0 to " + (classes - 1));
      }
    }
    return labels;
  }

  private Values read(int rank) {
    try (InputStream stream = new BufferedInputStream(source.open(), BUFFER)) {
      DataInputStream in =
          new DataInputStream(isGzip(stream) ? new GZIPInputStream(stream, BUFFER) : stream);
      checkMagic(in.readInt(), rank);
      int[] extents = new int[rank];
      for (int i = 0; i < rank; i++) {
        extents[i] = in.readInt();
      }
      int count = product(extents);
      byte[] values = in.readNBytes(count);
      boolean more = in.read() >= 0;
      if (values.length < count || more) {
        throw fault(
            (more ? "more than " : "") + values.length + " values",
            "must hold as many values as its extents " + Arrays.toString(extents) + " say");
      }
      return new Values(extents, values);
    } catch (NoSuchFileException e) {
      throw fault("no such file", "must name a file");
    } catch (EOFException e) {
      throw fault("the end of the file too early", "must be a whole idx file");
    } catch (IOException e) {
      throw fault(FileFault.reason(e), "must be a readable and undamaged idx file");
    }
  }

  private static boolean isGzip(InputStream stream) throws IOException {
    stream.mark(2);
    boolean gzip = stream.read() == 0x1f && stream.read() == 0x8b;
    stream.reset();
    return gzip;
  }

  private void checkMagic(int magic, int rank) {
    if (magic != UNSIGNED_BYTES + rank) {
      throw fault(
          String.format(Locale.ROOT, "magic 0x%08x", magic),
          String.format(
              Locale.ROOT,
              "must be an idx file of unsigned bytes with %d extents, magic 0x%08x",
              rank,
              UNSIGNED_BYTES + rank));
    }
  }

  private int product(int[] extents) {
    long product = 1;
    for (int extent : extents) {
      product *= extent;
      if (extent < 1 || product > LARGEST_ARRAY) {
        throw fault(
            "extents " + Arrays.toString(extents),
            "must have extents of at least 1 and at most " + LARGEST_ARRAY + " values");
      }
    }
    return (int) product;
  }

  private InvalidValueException fault(String found, String rule) {
    return new InvalidValueException(component, name + ": " + found, rule);
  }
}
