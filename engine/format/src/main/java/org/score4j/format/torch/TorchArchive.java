package org.score4j.format.torch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.score4j.format.TensorFileException;
import org.score4j.format.torch.TorchGlobals.Storage;

/**
 * A file of {@code torch.save}, as it is since PyTorch 1.6: a zip archive, not compressed, of a
 * pickle {@code NAME/data.pkl} and the tensors' numbers in {@code NAME/data/KEY}. {@code
 * NAME/byteorder} tells the order of their bytes, {@code little} if it is missing.
 */
final class TorchArchive {
  private static final String PICKLE = "/data.pkl";

  private TorchArchive() {}

  static TorchFile open(Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      checkSizes(path, zip);
      List<? extends ZipEntry> pickles =
          zip.stream().filter(entry -> entry.getName().endsWith(PICKLE)).toList();
      if (pickles.size() != 1) {
        throw new TensorFileException(
            path, "is not a file of torch.save: it has " + pickles.size() + " entries data.pkl");
      }
      ZipEntry pickle = pickles.get(0);
      if (pickle.getSize() > TorchFile.MAX_PICKLE_BYTES) {
        throw new TensorFileException(
            path, "has a pickle of " + pickle.getSize() + " bytes, too many to be read");
      }
      String folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
      ByteOrder order = byteOrder(zip, folder);
      var unpickler =
          new Unpickler(
              ByteBuffer.wrap(read(zip, pickle, 0, (int) pickle.getSize())),
              new TorchGlobals(),
              id -> storage(zip, folder, id));
      return new TorchFile(
          path,
          unpickler.read(),
          (storage, first, count) -> numbers(path, folder, storage, first, count).order(order));
    } catch (ZipException e) {
      throw new TensorFileException(path, "is a broken archive: " + e.getMessage());
    }
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

  private static ByteOrder byteOrder(ZipFile zip, String folder) throws IOException {
    ZipEntry order = zip.getEntry(folder + "/byteorder");
    return order != null && order.getSize() > 0 && read(zip, order, 0, 1)[0] == 'b'
        ? ByteOrder.BIG_ENDIAN
        : ByteOrder.LITTLE_ENDIAN;
  }

  private static Storage storage(ZipFile zip, String folder, Object id) {
    Storage storage = TorchGlobals.storage(id);
    ZipEntry entry = zip.getEntry(folder + "/data/" + storage.key());
    if (entry == null) {
      throw new IllegalArgumentException("lacks its storage data/" + storage.key());
    }
    if (storage.count() < 0 || storage.count() > entry.getSize() / storage.type().bytes()) {
      throw new IllegalArgumentException(
          "has a storage data/"
              + storage.key()
              + " of "
              + entry.getSize()
              + " bytes for "
              + storage.count()
              + " numbers of "
              + storage.type().bytes()
              + " bytes");
    }
    return storage;
  }

  private static ByteBuffer numbers(
      Path path, String folder, Storage storage, long first, int count) throws IOException {
    int bytes = storage.type().bytes();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry entry = zip.getEntry(folder + "/data/" + storage.key());
      return ByteBuffer.wrap(read(zip, entry, first * bytes, count * bytes));
    }
  }

  private static byte[] read(ZipFile zip, ZipEntry entry, long offset, int count)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      in.skipNBytes(offset);
      byte[] bytes = in.readNBytes(count);
      if (bytes.length != count) {
        throw new EOFException(entry.getName() + " ends too early");
      }
      return bytes;
    }
  }
}
