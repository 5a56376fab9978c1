package org.score4j.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;

/**
 * Named tensors and text in one file of the safetensors format: eight bytes of header length
 * (little endian), a JSON header {@code {name: {"dtype", "shape", "data_offsets"}}}, then the raw
 * data.
 *
 * <p>A file written here holds a checksum of all its bytes as the text {@code checksum}, which
 * takes no part in {@link #metadata()}; {@link #verify} compares. Files of other programs have
 * none.
 *
 * <p>Files are not trusted: the header is bounded, and every offset is checked against the shape,
 * the file's length and the other tensors before anything is allocated.
 */
public final class TensorFile implements NamedTensors {
  private final Path path;
  private final TensorHeader header;

  private TensorFile(Path path, TensorHeader header) {
    this.path = path;
    this.header = header;
  }

  /**
   * Reads a file's header and checks it.
   *
   * @throws TensorFileException if the file cannot be read or is not a safetensors file
   */
  public static TensorFile open(Path path) {
    // A pipe would be waited for forever.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new TensorFileException(
          path, Files.isDirectory(path) ? "is a folder, not a file" : "is no regular file");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return new TensorFile(path, TensorHeader.of(channel, path));
    } catch (NoSuchFileException e) {
      throw new TensorFileException(path, "there is no such file");
    } catch (IOException e) {
      throw new TensorFileException(path, "cannot be read: " + FileFault.reason(e));
    }
  }

  /**
   * Reads the whole file and compares it with its checksum.
   *
   * @throws TensorFileException if a byte has changed, or the file cannot be read or is none of
   *     ours
   */
  public void verify() {
    try (FileChannel channel = FileChannel.open(path)) {
      if (header.checksum().isEmpty()) {
        throw new TensorFileException(path, "is damaged: it has no checksum");
      }
      if (!header.checksum().get().holds(channel)) {
        throw new TensorFileException(path, "is damaged: its checksum does not fit");
      }
    } catch (IOException e) {
      throw new TensorFileException(path, "cannot be read: " + FileFault.reason(e));
    }
  }

  /**
   * Reads a file's header and, if the file is one of ours, compares it with its checksum. Files
   * without one are taken as they are.
   *
   * @throws TensorFileException if a byte has changed, or the file cannot be read or is not a
   *     safetensors file
   */
  public static TensorFile openSound(Path path) {
    TensorFile file = open(path);
    if (file.checksum().isPresent()) {
      file.verify();
    }
    return file;
  }

  /** The checksum that the file should have, in hexadecimal; empty if it is none of ours. */
  public Optional<String> checksum() {
    return header.checksum().map(FileChecksum::digits);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Set<String> names() {
    return header.entries().keySet();
  }

  /** Whether there is a tensor of that name. */
  public boolean contains(String name) {
    return header.entries().containsKey(name);
  }

  @Override
  public Shape shape(String name) {
    return entryOf(name).shape();
  }

  /**
   * Type of a tensor's elements, such as {@code F32}.
   *
   * @throws TensorFileException if there is none of that name
   */
  public String type(String name) {
    return entryOf(name).dtype();
  }

  /** The texts stored beside the tensors; empty if there are none. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  private TensorHeader.Entry entryOf(String name) {
    TensorHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new TensorFileException(path, "holds no tensor " + name);
    }
    return entry;
  }

  private ByteBuffer bytes(TensorHeader.Entry entry) {
    return bytes(entry, 0, entry.end() - entry.begin());
  }

  private ByteBuffer bytes(TensorHeader.Entry entry, long first, long count) {
    if (count > Integer.MAX_VALUE - 8) {
      throw new TensorFileException(path, "a single tensor exceeds 2 GiB");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return TensorHeader.read(
          channel, path, header.dataStart() + entry.begin() + first, (int) count);
    } catch (IOException e) {
      throw new TensorFileException(path, "cannot be read: " + FileFault.reason(e));
    }
  }

  /**
   * Values of a tensor of type F32, row-major.
   *
   * @throws TensorFileException if there is none of that name and type
   */
  public float[] floats(String name) {
    TensorHeader.Entry entry = entryOf(name);
    if (!entry.dtype().equals("F32")) {
      throw new TensorFileException(path, name + " is " + entry.dtype() + ", expected F32");
    }
    ByteBuffer bytes = bytes(entry);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  @Override
  public float[] values(String name) {
    TensorHeader.Entry entry = entryOf(name);
    FloatFormat format =
        FloatFormat.ofSafetensors(entry.dtype())
            .orElseThrow(
                () ->
                    new TensorFileException(
                        path, name + " is " + entry.dtype() + ", expected numbers with fractions"));
    return format.toFloats(bytes(entry));
  }

  /**
   * Values of a tensor of type F64, row-major.
   *
   * @throws TensorFileException if there is none of that name and type
   */
  public double[] doubles(String name) {
    TensorHeader.Entry entry = entryOf(name);
    if (!entry.dtype().equals("F64")) {
      throw new TensorFileException(path, name + " is " + entry.dtype() + ", expected F64");
    }
    ByteBuffer bytes = bytes(entry);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  /**
   * Part of a tensor of whole or floating-point numbers or truth values, in double, which holds
   * every integer up to 2^53.
   *
   * @param first index of the first element in row-major order
   * @param count how many
   * @throws TensorFileException if there is none of that name, or its type is not F32, F64, I32,
   *     I64, U8 or BOOL
   */
  public double[] numbers(String name, long first, int count) {
    TensorHeader.Entry entry = entryOf(name);
    ToDoubleFunction<ByteBuffer> next =
        switch (entry.dtype()) {
          case "F32" -> ByteBuffer::getFloat;
          case "F64" -> ByteBuffer::getDouble;
          case "I32" -> ByteBuffer::getInt;
          case "I64" -> ByteBuffer::getLong;
          case "U8", "BOOL" -> buffer -> buffer.get() & 0xff;
          default ->
              throw new TensorFileException(
                  path,
                  name + " is " + entry.dtype() + ", expected F32, F64, I32, I64, U8 or BOOL");
        };
    long size = TensorHeader.elementBits(path, name, entry.dtype()) / Byte.SIZE;
    ByteBuffer bytes = bytes(entry, first * size, count * size);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = next.applyAsDouble(bytes);
    }
    return values;
  }

  /** Collects tensors and writes them by a {@link TensorStream}. */
  public static final class Writer {
    private static final int CHUNK_BYTES = 4 << 20;

    private final Path path;
    private final Map<String, String> metadata;
    private final Map<String, Content> tensors = new LinkedHashMap<>();

    /** A writer of the given file, whose folder exists. */
    public Writer(Path path, Map<String, String> metadata) {
      this.path = path;
      this.metadata = Map.copyOf(metadata);
    }

    private record Content(Shape shape, Data data) {}

    private interface Data {
      void writeTo(TensorStream stream, String name);
    }

    /** Adds the bytes of a float32 tensor, which must stay open until {@link #write}. */
    public void add(String name, Shape shape, ByteDataBuffer data) {
      tensors.put(name, new Content(shape, (stream, n) -> copy(n, data, stream)));
    }

    /**
     * Adds a tensor that need not be in memory before it is its turn.
     *
     * @param values asked for in {@link #write}, for as many numbers as the shape has, row-major
     */
    public void add(String name, Shape shape, Supplier<float[]> values) {
      tensors.put(name, new Content(shape, (stream, n) -> stream.write(n, values.get())));
    }

    /**
     * Writes the file.
     *
     * @throws UncheckedIOException if the disk refuses; no file of this name is then new or changed
     */
    public void write() {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
      try (var stream = new TensorStream(path, metadata, shapes)) {
        tensors.forEach((name, tensor) -> tensor.data().writeTo(stream, name));
        stream.finish();
      }
    }

    private static void copy(String name, ByteDataBuffer data, TensorStream stream) {
      byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, data.size())];
      for (long position = 0; position < data.size(); position += chunk.length) {
        int count = (int) Math.min(chunk.length, data.size() - position);
        data.offset(position).read(chunk, 0, count);
        stream.write(name, ByteBuffer.wrap(chunk, 0, count));
      }
    }
  }
}
