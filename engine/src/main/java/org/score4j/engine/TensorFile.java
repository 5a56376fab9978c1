package org.score4j.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Named tensors and text in one file of the safetensors format: eight bytes of header length
 * (little endian), a JSON header {@code {name: {"dtype", "shape", "data_offsets"}}}, then the raw
 * data.
 *
 * <p>Files are not trusted: the header is bounded, and every offset is checked against the shape,
 * the file's length and the other tensors before anything is allocated.
 */
public final class TensorFile implements NamedTensors {
  private static final long MAX_HEADER_BYTES = 100_000_000;
  private static final String METADATA = "__metadata__";
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Entry(String dtype, Shape shape, long begin, long end) {}

  private final Path path;
  private final long dataStart;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;

  private TensorFile(
      Path path, long dataStart, Map<String, Entry> entries, Map<String, String> metadata) {
    this.path = path;
    this.dataStart = dataStart;
    this.entries = entries;
    this.metadata = metadata;
  }

  /**
   * Reads a file's header and checks it.
   *
   * @throws TensorFileException if the file cannot be read or is not a safetensors file
   */
  public static TensorFile open(Path path) {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      if (size < 8) {
        throw new TensorFileException(path, "is too short for a safetensors file");
      }
      long headerBytes = read(channel, path, 0, 8).getLong();
      if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, size - 8)) {
        throw new TensorFileException(
            path, "is not a safetensors file: header of " + headerBytes + " bytes");
      }
      ByteBuffer header = read(channel, path, 8, (int) headerBytes);
      long dataStart = 8 + headerBytes;
      Map<String, Entry> entries = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      JsonNode root = JSON.readTree(StandardCharsets.UTF_8.decode(header).toString());
      for (Map.Entry<String, JsonNode> property : root.properties()) {
        if (property.getKey().equals(METADATA)) {
          property
              .getValue()
              .properties()
              .forEach(text -> metadata.put(text.getKey(), text.getValue().asString()));
        } else {
          entries.put(
              property.getKey(),
              entry(path, property.getKey(), property.getValue(), size - dataStart));
        }
      }
      rejectOverlaps(path, entries);
      return new TensorFile(path, dataStart, entries, metadata);
    } catch (JacksonException e) {
      throw new TensorFileException(path, "has a broken header: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new TensorFileException(path, "cannot be read: " + e.getMessage());
    }
  }

  private static Entry entry(Path path, String name, JsonNode node, long dataBytes) {
    String dtype = node.path("dtype").asString("");
    JsonNode dimensions = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!dimensions.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw new TensorFileException(path, name + " lacks shape or data_offsets");
    }
    long[] shape = new long[dimensions.size()];
    long bytes = elementBytes(path, name, dtype);
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dimensions.get(i).asLong(-1);
      if (shape[i] < 0) {
        throw new TensorFileException(path, name + " has an impossible shape " + dimensions);
      }
      try {
        bytes = Math.multiplyExact(bytes, shape[i]);
      } catch (ArithmeticException e) {
        throw new TensorFileException(path, name + " has an impossible shape " + dimensions);
      }
    }
    long begin = offsets.get(0).asLong(-1);
    long end = offsets.get(1).asLong(-1);
    if (begin < 0 || end > dataBytes || end - begin != bytes) {
      throw new TensorFileException(
          path,
          "%s: bytes %d to %d do not fit shape %s of %s in %d bytes of data"
              .formatted(name, begin, end, dimensions, dtype, dataBytes));
    }
    return new Entry(dtype, Shape.of(shape), begin, end);
  }

  private static long elementBytes(Path path, String name, String dtype) {
    return switch (dtype) {
      case "BOOL", "U8", "I8" -> 1;
      case "BF16", "F16", "I16" -> 2;
      case "F32", "I32" -> 4;
      case "F64", "I64" -> 8;
      default ->
          throw new TensorFileException(path, name + " has the unknown type '" + dtype + "'");
    };
  }

  private static void rejectOverlaps(Path path, Map<String, Entry> entries) {
    List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
    ordered.sort(Comparator.comparingLong(e -> e.getValue().begin()));
    for (int i = 1; i < ordered.size(); i++) {
      if (ordered.get(i).getValue().begin() < ordered.get(i - 1).getValue().end()) {
        throw new TensorFileException(
            path, ordered.get(i - 1).getKey() + " and " + ordered.get(i).getKey() + " overlap");
      }
    }
  }

  private static ByteBuffer read(FileChannel channel, Path path, long position, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position + buffer.position());
      if (count < 0) {
        throw new TensorFileException(path, "ends too early");
      }
    }
    return buffer.flip();
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  /** Whether there is a tensor of that name. */
  public boolean contains(String name) {
    return entries.containsKey(name);
  }

  @Override
  public Shape shape(String name) {
    return entryOf(name).shape();
  }

  /** The texts stored beside the tensors; empty if there are none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  private Entry entryOf(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new TensorFileException(path, "holds no tensor " + name);
    }
    return entry;
  }

  private ByteBuffer bytes(Entry entry) {
    if (entry.end() - entry.begin() > Integer.MAX_VALUE - 8) {
      throw new TensorFileException(path, "a single tensor exceeds 2 GiB");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return read(channel, path, dataStart + entry.begin(), (int) (entry.end() - entry.begin()));
    } catch (IOException e) {
      throw new TensorFileException(path, "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Values of a tensor of type F32, row-major.
   *
   * @throws TensorFileException if there is none of that name and type
   */
  public float[] floats(String name) {
    Entry entry = entryOf(name);
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
    Entry entry = entryOf(name);
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
    Entry entry = entryOf(name);
    if (!entry.dtype().equals("F64")) {
      throw new TensorFileException(path, name + " is " + entry.dtype() + ", expected F64");
    }
    ByteBuffer bytes = bytes(entry);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  /**
   * Collects tensors and writes them so that the file appears whole or not at all: written aside,
   * forced to the disk, renamed.
   */
  public static final class Writer {
    private static final int CHUNK_BYTES = 4 << 20;

    private final Path path;
    private final Map<String, String> metadata;
    private final Map<String, Content> tensors = new LinkedHashMap<>();

    /**
     * A writer of the given file, whose folder exists. The texts are written in order of their
     * names: equal contents make equal files, whatever the map's own order.
     */
    public Writer(Path path, Map<String, String> metadata) {
      this.path = path;
      this.metadata = new TreeMap<>(metadata);
    }

    private record Content(Shape shape, Data data) {}

    private interface Data {
      void writeTo(FileChannel channel) throws IOException;
    }

    /** Adds a tensor, which must stay open until {@link #write}. */
    public void add(String name, TFloat32 tensor) {
      tensors.put(name, new Content(tensor.shape(), channel -> writeFully(channel, tensor)));
    }

    /**
     * Adds a tensor that need not be in memory before it is its turn.
     *
     * @param values asked for in {@link #write}, for as many numbers as the shape has, row-major
     */
    public void add(String name, Shape shape, Supplier<float[]> values) {
      tensors.put(name, new Content(shape, channel -> writeFully(channel, shape, values.get())));
    }

    /**
     * Writes the file.
     *
     * @throws UncheckedIOException if the disk refuses; no file of this name is then new or changed
     */
    public void write() {
      Path aside = path.resolveSibling(path.getFileName() + ".tmp");
      try {
        try (FileChannel channel =
            FileChannel.open(
                aside,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
          writeFully(channel, header());
          for (Content tensor : tensors.values()) {
            tensor.data().writeTo(channel);
          }
          channel.force(true);
        }
        Files.move(
            aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(path.toAbsolutePath().getParent());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
      }
    }

    private ByteBuffer header() {
      var root = JSON.createObjectNode();
      if (!metadata.isEmpty()) {
        var texts = root.putObject(METADATA);
        metadata.forEach(texts::put);
      }
      long offset = 0;
      for (Map.Entry<String, Content> tensor : tensors.entrySet()) {
        var node = root.putObject(tensor.getKey());
        node.put("dtype", "F32");
        var shape = node.putArray("shape");
        for (long size : tensor.getValue().shape().asArray()) {
          shape.add(size);
        }
        long end = offset + Float.BYTES * tensor.getValue().shape().size();
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

    private static void writeFully(FileChannel channel, TFloat32 tensor) throws IOException {
      var data = tensor.asRawTensor().data();
      byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, data.size())];
      for (long position = 0; position < data.size(); position += chunk.length) {
        int count = (int) Math.min(chunk.length, data.size() - position);
        data.offset(position).read(chunk, 0, count);
        writeFully(channel, ByteBuffer.wrap(chunk, 0, count));
      }
    }

    private static void writeFully(FileChannel channel, Shape shape, float[] values)
        throws IOException {
      if (values.length != shape.size()) {
        throw new IllegalArgumentException(values.length + " values for shape " + shape);
      }
      ByteBuffer chunk =
          ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, (long) values.length * Float.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      for (int next = 0; next < values.length; ) {
        int count = Math.min(chunk.capacity() / Float.BYTES, values.length - next);
        chunk.clear().limit(count * Float.BYTES);
        chunk.asFloatBuffer().put(values, next, count);
        writeFully(channel, chunk);
        next += count;
      }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    /** Makes the renaming itself durable, where the operating system lets a folder be opened. */
    private static void forceFolder(Path folder) throws IOException {
      if (System.getProperty("os.name").startsWith("Windows")) {
        return;
      }
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
