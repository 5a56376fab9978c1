package org.score4j.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a safetensors file of float32 and int32 tensors piece by piece, in any order of the
 * tensors, so that none need be in memory as a whole. The file appears whole or not at all: written
 * aside, forced to the disk, renamed. It has a {@link TensorFile#verify checksum}.
 *
 * <p>Work that takes long can {@link #resume} a file whose writer was stopped. What it had {@link
 * #force forced} has checksums meanwhile: nothing is resumed that has changed.
 */
public final class TensorStream implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Where a tensor's next number goes, and where its last ends. */
  private static final class Extent {
    private final long begin;
    private final long end;
    private long next;

    Extent(long begin, long end) {
      this.begin = begin;
      this.next = begin;
      this.end = end;
    }
  }

  private final Path path;
  private final AsideFile file;
  private final ByteBuffer header;
  private final FileChannel channel;
  private final FileChecksum checksum;
  private final Map<String, Extent> extents = new LinkedHashMap<>();
  private final PartSums parts;
  private boolean damaged;

  /**
   * Starts a file, whose folder exists. The texts are written in order of their names: equal
   * contents make equal files, whatever the map's own order.
   *
   * @param metadata texts to be stored beside the tensors
   * @param shapes of all tensors, in the order in which the file is to have them
   * @throws UncheckedIOException if the disk refuses
   */
  public TensorStream(Path path, Map<String, String> metadata, Map<String, Shape> shapes) {
    this(path, metadata, shapes, Map.of());
  }

  /**
   * Starts a file that also has int32 tensors, behind the others.
   *
   * @param integers shapes of these
   */
  public TensorStream(
      Path path,
      Map<String, String> metadata,
      Map<String, Shape> shapes,
      Map<String, Shape> integers) {
    this(path, AsideFile.start(path), metadata, shapes, integers);
    try {
      restart();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private TensorStream(
      Path path,
      AsideFile file,
      Map<String, String> metadata,
      Map<String, Shape> shapes,
      Map<String, Shape> integers) {
    this.path = path;
    this.file = file;
    this.channel = file.channel();
    Map<String, Shape> all = all(shapes, integers);
    header = header(sealed(metadata), all, integers.keySet());
    checksum = FileChecksum.in(header, FileChecksum.NONE).orElseThrow();
    long begin = header.remaining();
    for (Map.Entry<String, Shape> tensor : all.entrySet()) {
      long end = begin + tensor.getValue().size() * Float.BYTES;
      extents.put(tensor.getKey(), new Extent(begin, end));
      begin = end;
    }
    parts = new PartSums(channel, header.remaining(), begin);
  }

  /**
   * Goes on with a file of the same texts and shapes whose writer {@link #suspend suspended} it or
   * was stopped, or starts it. Its tensors must have been, and must be, written in their order.
   *
   * @see #written
   */
  public static TensorStream resume(
      Path path,
      Map<String, String> metadata,
      Map<String, Shape> shapes,
      Map<String, Shape> integers) {
    var stream = new TensorStream(path, AsideFile.resume(path), metadata, shapes, integers);
    try {
      stream.findWritten();
      return stream;
    } catch (RuntimeException e) {
      stream.suspend();
      throw e;
    }
  }

  /**
   * Whether a writer of other texts or shapes was stopped, so that {@link #resume} would drop
   * numbers that it left. What is too short to say counts as damaged, not as another's.
   *
   * @throws UncheckedIOException if that cannot be read
   */
  public static boolean isOfAnother(
      Path path,
      Map<String, String> metadata,
      Map<String, Shape> shapes,
      Map<String, Shape> integers) {
    Path aside = AsideFile.resumable(path);
    if (!Files.isRegularFile(aside, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    ByteBuffer own = header(sealed(metadata), all(shapes, integers), integers.keySet());
    try (FileChannel channel = FileChannel.open(aside, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      if (channel.size() < length.capacity()) {
        return false;
      }
      FileChecksum.read(channel, length, 0);
      long found = length.getLong(0);
      // Nothing is lost with a header alone, which a writer leaves that was stopped at once.
      if (found < 0 || found >= channel.size() - Long.BYTES) {
        return false;
      }
      if (found != own.remaining() - Long.BYTES) {
        return true;
      }
      ByteBuffer header = ByteBuffer.allocate(own.remaining());
      FileChecksum.read(channel, header, 0);
      header.flip();
      FileChecksum.in(own, FileChecksum.NONE).orElseThrow().clear(header);
      return !header.equals(own);
    } catch (IOException e) {
      throw FileFailure.reading(aside, e);
    }
  }

  private void findWritten() {
    try {
      if (channel.size() < header.remaining()) {
        damaged = channel.size() > 0;
        restart();
        return;
      }
      ByteBuffer found = ByteBuffer.allocate(header.remaining());
      FileChecksum.read(channel, found, 0);
      // Its writer may have been stopped after it had entered the checksum.
      FileChecksum entered = checksum.in(found.flip());
      checksum.clear(found);
      if (!found.equals(header)) {
        restart();
        return;
      }
      if (entered.holds(channel)) {
        wind(channel.size());
      } else {
        // A writer that was stopped in its first part is not told from one whose file was cut.
        damaged = !parts.find() || parts.isCut();
        parts.cut(parts.reached());
        wind(parts.reached());
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void wind(long place) {
    for (Extent extent : extents.values()) {
      long bytes = Math.min(extent.end, place) - extent.begin;
      extent.next = extent.begin + Math.max(0, bytes) / Float.BYTES * Float.BYTES;
    }
  }

  /** Whether an earlier writer left more than was resumed, for it has changed since. */
  public boolean isDamaged() {
    return damaged;
  }

  private void restart() {
    try {
      channel.truncate(0);
      write(header.duplicate(), 0);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Map<String, String> sealed(Map<String, String> metadata) {
    Map<String, String> texts = new TreeMap<>(metadata);
    texts.put(FileChecksum.KEY, FileChecksum.NONE);
    return texts;
  }

  private static Map<String, Shape> all(Map<String, Shape> shapes, Map<String, Shape> integers) {
    Map<String, Shape> all = new LinkedHashMap<>(shapes);
    all.putAll(integers);
    return all;
  }

  private static ByteBuffer header(
      Map<String, String> metadata, Map<String, Shape> shapes, Set<String> integers) {
    var root = JSON.createObjectNode();
    var texts = root.putObject(TensorHeader.METADATA);
    metadata.forEach(texts::put);
    long offset = 0;
    for (Map.Entry<String, Shape> tensor : shapes.entrySet()) {
      var node = root.putObject(tensor.getKey());
      node.put("dtype", integers.contains(tensor.getKey()) ? "I32" : "F32");
      var shape = node.putArray("shape");
      for (long size : tensor.getValue().asArray()) {
        shape.add(size);
      }
      long end = offset + tensor.getValue().size() * Float.BYTES;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    // Padded with spaces so that the data start at a multiple of 8 bytes.
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  /**
   * Writes a tensor's next numbers.
   *
   * @param values row-major
   * @throws IllegalArgumentException if there is no such tensor, or it has not as many left
   */
  public void write(String name, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    write(name, bytes);
  }

  /** The same of an int32 tensor. */
  public void write(String name, int[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    write(name, bytes);
  }

  /** Writes a tensor's next numbers, given as they stand in the file. */
  void write(String name, ByteBuffer bytes) {
    Extent extent = extents.get(name);
    if (extent == null || extent.next + bytes.remaining() > extent.end) {
      throw new IllegalArgumentException(path + ": no room for more of tensor " + name);
    }
    try {
      int count = bytes.remaining();
      write(bytes, extent.next);
      extent.next += count;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long next = position;
    while (bytes.hasRemaining()) {
      next += channel.write(bytes, next);
    }
  }

  /** Has the disk keep what was written so far. */
  public void force() {
    try {
      if (channel.isOpen()) {
        parts.add(reached());
        channel.force(false);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Where that ends which was written without a gap. */
  private long reached() {
    long place = header.remaining();
    for (Extent extent : extents.values()) {
      if (extent.begin == place) {
        place = extent.next;
      }
    }
    return place;
  }

  /** How many numbers of a tensor there are, the first ones. */
  public long written(String name) {
    Extent extent = extents.get(name);
    return (extent.next - extent.begin) / Float.BYTES;
  }

  /**
   * Drops all that was written behind a tensor's first numbers, other tensors too.
   *
   * @param count how many of its numbers are left
   */
  public void rewind(String name, long count) {
    Extent last = extents.get(name);
    last.next = Math.min(last.next, last.begin + count * Float.BYTES);
    for (Extent extent : extents.values()) {
      if (extent.begin > last.begin) {
        extent.next = extent.begin;
      }
    }
    try {
      parts.cut(last.next);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Reads what was written of a float32 tensor.
   *
   * @param first number, counted from 0
   * @param count how many, at most as many as were {@link #written}
   */
  public float[] read(String name, long first, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try {
      FileChecksum.read(channel, bytes, extents.get(name).begin + first * Float.BYTES);
    } catch (IOException e) {
      throw failure(e);
    }
    float[] values = new float[count];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  /**
   * Gives the file its name.
   *
   * @throws IllegalStateException if a tensor is not complete
   * @throws UncheckedIOException if the disk refuses; no file of this name is then new or changed
   */
  public void finish() {
    extents.forEach(
        (name, extent) -> {
          if (extent.next < extent.end) {
            throw new IllegalStateException(path + ": tensor " + name + " is not complete");
          }
        });
    try {
      long end = reached();
      write(checksum.of(channel, end), checksum.position());
      channel.truncate(end);
    } catch (IOException e) {
      throw failure(e);
    }
    file.finish();
  }

  private UncheckedIOException failure(IOException e) {
    return FileFailure.writing(path, e);
  }

  /** Leaves a file that is not {@link #finish finished} for {@link #resume}. */
  public void suspend() {
    try {
      force();
    } finally {
      file.suspend();
    }
  }

  /** Leaves nothing of a file that is not finished or suspended. */
  @Override
  public void close() {
    file.close();
  }
}
