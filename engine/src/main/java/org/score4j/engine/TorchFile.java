package org.score4j.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.score4j.engine.TorchGlobals.ElementType;
import org.score4j.engine.TorchGlobals.Storage;
import org.score4j.engine.TorchGlobals.Tensor;
import org.score4j.engine.Unpickler.Global;
import org.score4j.engine.Unpickler.Tuple;

/**
 * A file of {@code torch.save}, as it is since PyTorch 1.6: a zip archive, not compressed, of a
 * pickle {@code NAME/data.pkl} and the tensors' numbers in {@code NAME/data/KEY}.
 *
 * <p>Files are not trusted. The {@link Unpickler} runs no code; what the archive says of its sizes
 * is held against the file, and what the tensors say of theirs against the archive, before anything
 * is allocated.
 */
final class TorchFile {
  private static final long MAX_PICKLE_BYTES = 8 << 20;
  private static final String PICKLE = "/data.pkl";

  private final Path path;
  private final String folder;
  private final Object root;

  private TorchFile(Path path, String folder, Object root) {
    this.path = path;
    this.folder = folder;
    this.root = root;
  }

  /** Whether a file begins as a zip archive does. */
  static boolean isArchive(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(4), new byte[] {'P', 'K', 3, 4});
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Refuses what {@code torch.save} wrote before PyTorch 1.6: pickles, one after the other.
   *
   * @throws TensorFileException if it is one
   */
  static void refuseOlder(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] first = in.readNBytes(2);
      if (first.length == 2 && first[0] == (byte) 0x80 && first[1] >= 2 && first[1] <= 5) {
        throw new TensorFileException(
            path,
            "is of torch.save before PyTorch 1.6, or no file of weights; write it anew with a later"
                + " one: torch.save(torch.load(OLD, map_location='cpu'), NEW)");
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Reads the pickle, but no tensor yet.
   *
   * @throws TensorFileException if it cannot be read, or is not such a file
   */
  static TorchFile open(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      checkSizes(path, zip);
      List<? extends ZipEntry> pickles =
          zip.stream().filter(entry -> entry.getName().endsWith(PICKLE)).toList();
      if (pickles.size() != 1) {
        throw new TensorFileException(
            path, "is not a file of torch.save: it has " + pickles.size() + " entries data.pkl");
      }
      ZipEntry pickle = pickles.get(0);
      if (pickle.getSize() > MAX_PICKLE_BYTES) {
        throw new TensorFileException(
            path, "has a pickle of " + pickle.getSize() + " bytes, too many to be read");
      }
      String folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
      refuseBigEndian(path, zip, folder);
      var unpickler =
          new Unpickler(
              ByteBuffer.wrap(read(path, zip, pickle, 0, (int) pickle.getSize())),
              new TorchGlobals(),
              id -> storage(zip, folder, id));
      return new TorchFile(path, folder, unpickler.read());
    } catch (IllegalArgumentException e) {
      throw new TensorFileException(path, e.getMessage());
    } catch (ZipException e) {
      throw new TensorFileException(path, "is a broken archive: " + e.getMessage());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static TensorFileException unreadable(Path path, IOException e) {
    return new TensorFileException(
        path,
        e instanceof NoSuchFileException
            ? "there is no such file"
            : "cannot be read: " + e.getMessage());
  }

  /** Nothing is compressed, no two entries have one name, and none can lie on another. */
  private static void checkSizes(Path path, ZipFile zip) throws IOException {
    long total = 0;
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
        throw new TensorFileException(
            path, "is not a file of torch.save: " + entry.getName() + " is compressed");
      }
      if (!names.add(entry.getName())) {
        throw new TensorFileException(path, "has two entries " + entry.getName());
      }
      total += entry.getSize();
      if (total > Files.size(path)) {
        throw new TensorFileException(path, "has entries that overlap, or lie beyond its end");
      }
    }
  }

  private static void refuseBigEndian(Path path, ZipFile zip, String folder) throws IOException {
    ZipEntry order = zip.getEntry(folder + "/byteorder");
    if (order != null && read(path, zip, order, 0, 1)[0] != 'l') {
      throw new TensorFileException(path, "was written on a big-endian machine");
    }
  }

  /** Of {@code ("storage", class, key, device, count)}. */
  private static Storage storage(ZipFile zip, String folder, Object id) {
    if (!(id instanceof Tuple tuple)
        || tuple.items().size() < 5
        || !(tuple.items().get(1) instanceof Global global)
        || !(tuple.items().get(2) instanceof String key)
        || !(tuple.items().get(4) instanceof Long count)) {
      throw new IllegalArgumentException("has a storage that is not named as torch.save does");
    }
    ElementType type =
        TorchGlobals.elementType(global)
            .orElseThrow(() -> new IllegalArgumentException("has a storage of " + global));
    ZipEntry entry = zip.getEntry(folder + "/data/" + key);
    if (entry == null) {
      throw new IllegalArgumentException("lacks its storage data/" + key);
    }
    if (count < 0 || count > entry.getSize() / type.bytes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "has a storage data/%s of %d bytes for %d numbers of %d bytes",
              key,
              entry.getSize(),
              count,
              type.bytes()));
    }
    return new Storage(type, key, count);
  }

  private static byte[] read(Path path, ZipFile zip, ZipEntry entry, long offset, int count)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      in.skipNBytes(offset);
      byte[] bytes = in.readNBytes(count);
      if (bytes.length != count) {
        throw new TensorFileException(path, entry.getName() + " ends too early");
      }
      return bytes;
    }
  }

  Path path() {
    return path;
  }

  /** The object that was saved. */
  Object root() {
    return root;
  }

  /**
   * A tensor's numbers, row-major.
   *
   * @param name for messages
   * @throws TensorFileException if they are whole numbers, or too many
   */
  float[] values(String name, Tensor tensor) {
    Optional<FloatFormat> format = tensor.storage().type().format();
    if (format.isEmpty()) {
      throw new TensorFileException(path, name + " does not hold numbers with fractions");
    }
    long size = 1;
    for (long extent : tensor.shape()) {
      size = Math.multiplyHigh(size, extent) == 0 ? size * extent : -1;
      if (size < 0 || size > Integer.MAX_VALUE / 8) {
        throw new TensorFileException(path, name + " has too many numbers");
      }
    }
    if (size == 0) {
      return new float[0];
    }
    long last = 0;
    for (int i = 0; i < tensor.shape().length; i++) {
      last += (tensor.shape()[i] - 1) * tensor.strides()[i];
    }
    if (last >= Integer.MAX_VALUE / 8) {
      throw new TensorFileException(path, name + " is spread over too many numbers");
    }
    float[] stored = stored(tensor.storage(), format.get(), tensor.offset(), (int) last + 1);
    return last + 1 == size && isRowMajor(tensor) ? stored : gathered(tensor, stored, (int) size);
  }

  private float[] stored(Storage storage, FloatFormat format, long offset, int count) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry entry = zip.getEntry(folder + "/data/" + storage.key());
      byte[] bytes = read(path, zip, entry, offset * format.bytes(), count * format.bytes());
      return format.toFloats(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static boolean isRowMajor(Tensor tensor) {
    long stride = 1;
    for (int i = tensor.shape().length - 1; i >= 0; i--) {
      if (tensor.shape()[i] != 1 && tensor.strides()[i] != stride) {
        return false;
      }
      stride *= tensor.shape()[i];
    }
    return true;
  }

  private static float[] gathered(Tensor tensor, float[] stored, int size) {
    float[] values = new float[size];
    int[] index = new int[tensor.shape().length];
    for (int i = 0; i < size; i++) {
      long at = 0;
      for (int axis = 0; axis < index.length; axis++) {
        at += index[axis] * tensor.strides()[axis];
      }
      values[i] = stored[(int) at];
      for (int axis = index.length - 1;
          axis >= 0 && ++index[axis] == tensor.shape()[axis];
          axis--) {
        index[axis] = 0;
      }
    }
    return values;
  }
}
