package org.score4j.format.torch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.score4j.format.TensorFileException;
import org.score4j.format.torch.TorchGlobals.Storage;

/**
 * A file of {@code torch.save} as it was before PyTorch 1.6: five pickles one after the other, a
 * magic number, a version, the writing machine, the object, and the keys of its storages; then, for
 * each key, how many numbers it has (int64) and the numbers, in little endian whatever the machine.
 */
final class TorchSequence {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int MAX_MAGIC_BYTES = 64;

  private TorchSequence() {}

  /** Whether a pickle begins so, of this kind or of another. */
  static boolean begins(byte[] start) {
    return start.length >= 2 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5;
  }

  static TorchFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      ByteBuffer head = head(path, Math.min(size, 2 * TorchFile.MAX_PICKLE_BYTES));
      refuseOtherPickles(path, head);
      Map<String, Storage> storages = new HashMap<>();
      pickle(head);
      pickle(head);
      Object root = new Unpickler(head, new TorchGlobals(), id -> storage(storages, id)).read();
      Map<String, Long> places = places(channel, head.position(), pickle(head), head, storages);
      return new TorchFile(
          path, root, (storage, first, count) -> numbers(path, places, storage, first, count));
    }
  }

  private static ByteBuffer head(Path path, long bytes) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return ByteBuffer.wrap(in.readNBytes((int) bytes));
    }
  }

  private static void refuseOtherPickles(Path path, ByteBuffer head) {
    ByteBuffer start = head.slice(0, Math.min(MAX_MAGIC_BYTES, head.limit()));
    Object first;
    try {
      first = pickle(start);
    } catch (IllegalArgumentException e) {
      first = e;
    }
    if (!MAGIC.equals(first)) {
      throw new TensorFileException(
          path,
          "is a pickle of Python objects, not of tensors alone: reading it runs the code that it"
              + " names, as does pickle.load. Where that code is, write the tensors by themselves:"
              + " torch.save(network.state_dict(), NEW)");
    }
    head.position(start.position());
  }

  private static Object pickle(ByteBuffer data) {
    return new Unpickler(data, new TorchGlobals(), TorchGlobals::storage).read();
  }

  /** A storage, or the part of one that a view shows. */
  private static Storage storage(Map<String, Storage> storages, Object id) {
    Storage storage = TorchGlobals.storage(id);
    Storage whole = storages.computeIfAbsent(storage.key(), key -> storage.whole());
    if (!whole.equals(storage.whole())) {
      throw new IllegalArgumentException("has two storages of the key " + storage.key());
    }
    return storage;
  }

  /** Position of the numbers of each storage. */
  private static Map<String, Long> places(
      FileChannel channel, int keysAt, Object keys, ByteBuffer head, Map<String, Storage> storages)
      throws IOException {
    if (!(keys instanceof List<?> list)) {
      throw new IllegalArgumentException("has no list of storages at byte " + keysAt);
    }
    Map<String, Long> places = new HashMap<>();
    long position = head.position();
    for (Object key : list) {
      Storage storage = storages.get(String.valueOf(key));
      long count = read(channel, position, Long.BYTES).getLong();
      if (storage == null || storage.count() != count || count < 0) {
        throw new IllegalArgumentException(
            "has a storage "
                + key
                + " of "
                + count
                + " numbers, which is not what its tensors say");
      }
      position += Long.BYTES;
      if (count > (channel.size() - position) / storage.type().bytes()) {
        throw new IllegalArgumentException(
            "ends too early: its storage " + key + " has " + count + " numbers");
      }
      places.put(storage.key(), position);
      position += count * storage.type().bytes();
    }
    for (String key : storages.keySet()) {
      if (!places.containsKey(key)) {
        throw new IllegalArgumentException("lacks its storage " + key);
      }
    }
    return places;
  }

  private static ByteBuffer numbers(
      Path path, Map<String, Long> places, Storage storage, long first, int count)
      throws IOException {
    int bytes = storage.type().bytes();
    try (FileChannel channel = FileChannel.open(path)) {
      return read(channel, places.get(storage.key()) + first * bytes, count * bytes);
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    if (position > channel.size() - bytes) {
      throw new EOFException("it ends too early");
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // A channel may read less than there is room for.
    }
    return buffer.flip();
  }
}
