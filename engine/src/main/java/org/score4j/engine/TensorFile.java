package org.score4j.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.score4j.api.FileFault;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
  private static final long MAX_HEADER_BYTES = 100_000_000;
  private static final int STARTS_WITH = 16;
  static final String METADATA = "__metadata__";
  private static final int SHOWN = 200;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private record Entry(String dtype, Shape shape, long begin, long end) {}

  private final Path path;
  private final long dataStart;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;
  private final Optional<FileChecksum> checksum;

  private TensorFile(
      Path path,
      long dataStart,
      Map<String, Entry> entries,
      Map<String, String> metadata,
      Optional<FileChecksum> checksum) {
    this.path = path;
    this.dataStart = dataStart;
    this.entries = entries;
    this.metadata = metadata;
    this.checksum = checksum;
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
      long size = channel.size();
      if (size < 8) {
        throw new TensorFileException(
            path,
            size == 0
                ? "is empty"
                : "is too short for a file of tensors: it has " + size + " of 8 bytes or more");
      }
      long headerBytes = read(channel, path, 0, 8).getLong();
      if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, size - 8)) {
        ByteBuffer start = read(channel, path, 0, (int) Math.min(STARTS_WITH, size));
        throw new TensorFileException(
            path, "is not a safetensors file, or cut short: it " + FileStart.words(start));
      }
      ByteBuffer header = read(channel, path, 8, (int) headerBytes);
      long dataStart = 8 + headerBytes;
      Map<String, Entry> entries = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      JsonNode root = JSON.readTree(text(path, header.duplicate()));
      for (Map.Entry<String, JsonNode> property : root.properties()) {
        if (property.getKey().equals(METADATA)) {
          metadata.putAll(texts(path, property.getValue()));
        } else {
          entries.put(
              property.getKey(),
              entry(path, property.getKey(), property.getValue(), size - dataStart));
        }
      }
      checkOrder(path, entries, size - dataStart);
      Optional<FileChecksum> checksum = FileChecksum.in(header, metadata.get(FileChecksum.KEY));
      checksum.ifPresent(unused -> metadata.remove(FileChecksum.KEY));
      return new TensorFile(path, dataStart, entries, metadata, checksum);
    } catch (StreamConstraintsException e) {
      throw new TensorFileException(
          path,
          "has a broken header: its names, numbers or brackets are longer than any of tensors");
    } catch (JacksonException e) {
      throw new TensorFileException(path, "has a broken header: " + e.getOriginalMessage());
    } catch (NoSuchFileException e) {
      throw new TensorFileException(path, "there is no such file");
    } catch (IOException e) {
      throw new TensorFileException(path, "cannot be read: " + FileFault.reason(e));
    }
  }

  /** The header, which is an object in UTF-8, and blanks after it. */
  private static String text(Path path, ByteBuffer header) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(header).toString();
      if (text.charAt(0) != '{') {
        throw new TensorFileException(path, "has a broken header: it does not begin with {");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new TensorFileException(path, "has a broken header: it is not in UTF-8");
    }
  }

  private static Map<String, String> texts(Path path, JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw new TensorFileException(path, METADATA + " must be an object of texts");
    }
    for (Map.Entry<String, JsonNode> text : node.properties()) {
      if (!text.getValue().isString()) {
        throw new TensorFileException(
            path, METADATA + " must hold texts alone, but " + text.getKey() + " is none");
      }
      texts.put(text.getKey(), text.getValue().asString());
    }
    return texts;
  }

  /**
   * Reads the whole file and compares it with its checksum.
   *
   * @throws TensorFileException if a byte has changed, or the file cannot be read or is none of
   *     ours
   */
  public void verify() {
    try (FileChannel channel = FileChannel.open(path)) {
      if (checksum.isEmpty()) {
        throw new TensorFileException(path, "is damaged: it has no checksum");
      }
      if (!checksum.get().holds(channel)) {
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
    if (file.checksum.isPresent()) {
      file.verify();
    }
    return file;
  }

  /** The checksum that the file should have, in hexadecimal; empty if it is none of ours. */
  public Optional<String> checksum() {
    return checksum.map(FileChecksum::digits);
  }

  private static Entry entry(Path path, String name, JsonNode node, long dataBytes) {
    String dtype = node.path("dtype").asString("");
    JsonNode dimensions = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!dimensions.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw new TensorFileException(path, name + " lacks shape or data_offsets");
    }
    long[] shape = new long[dimensions.size()];
    long bits = elementBits(path, name, dtype);
    for (int i = 0; i < shape.length; i++) {
      shape[i] = number(dimensions.get(i));
      boolean fits = shape[i] >= 0 && Math.multiplyHigh(bits, shape[i]) == 0;
      bits *= shape[i];
      if (!fits || bits < 0) {
        throw new TensorFileException(path, name + " has an impossible shape " + shown(dimensions));
      }
    }
    if (bits % Byte.SIZE != 0) {
      throw new TensorFileException(path, name + " does not fill its last byte");
    }
    long bytes = bits / Byte.SIZE;
    long begin = number(offsets.get(0));
    long end = number(offsets.get(1));
    if (begin < 0 || end < begin || end > dataBytes || end - begin != bytes) {
      throw new TensorFileException(
          path,
          String.format(
              Locale.ROOT,
              "%s: data_offsets %s do not fit shape %s of %s in %d bytes of data",
              name,
              shown(offsets),
              shown(dimensions),
              dtype,
              dataBytes));
    }
    return new Entry(dtype, Shape.of(shape), begin, end);
  }

  private static String shown(JsonNode node) {
    // A double cannot hold it, which the parser does not mind.
    String text = node.toString().replace("\"Infinity\"", "a number above 1.8e308");
    return text.length() > SHOWN ? text.substring(0, SHOWN - 3) + "..." : text;
  }

  /** A whole number of the header; -1 if it is none that a long can hold. */
  private static long number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : -1;
  }

  private static long elementBits(Path path, String name, String dtype) {
    return switch (dtype) {
      case "F4" -> 4;
      case "F6_E2M3", "F6_E3M2" -> 6;
      case "BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0" -> 8;
      case "BF16", "F16", "I16", "U16" -> 16;
      case "F32", "I32", "U32" -> 32;
      case "F64", "I64", "U64", "C64" -> 64;
      default ->
          throw new TensorFileException(path, name + " has the unknown type '" + dtype + "'");
    };
  }

  /** Tensors lie one after the other and fill the file: neither overlaps nor holes. */
  private static void checkOrder(Path path, Map<String, Entry> entries, long dataBytes) {
    List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
    ordered.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long reached = 0;
    String before = "the header";
    for (Map.Entry<String, Entry> each : ordered) {
      long begin = each.getValue().begin();
      if (begin < reached) {
        throw new TensorFileException(path, before + " and " + each.getKey() + " overlap");
      }
      if (begin > reached) {
        throw new TensorFileException(
            path,
            "has "
                + (begin - reached)
                + " bytes of no tensor between "
                + before
                + " and "
                + each.getKey());
      }
      reached = each.getValue().end();
      before = each.getKey();
    }
    if (reached < dataBytes) {
      throw new TensorFileException(
          path, "has " + (dataBytes - reached) + " bytes of no tensor at its end");
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
    return bytes(entry, 0, entry.end() - entry.begin());
  }

  private ByteBuffer bytes(Entry entry, long first, long count) {
    if (count > Integer.MAX_VALUE - 8) {
      throw new TensorFileException(path, "a single tensor exceeds 2 GiB");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return read(channel, path, dataStart + entry.begin() + first, (int) count);
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
   * Part of a tensor of whole or floating-point numbers or truth values, in double, which holds
   * every integer up to 2^53.
   *
   * @param first index of the first element in row-major order
   * @param count how many
   * @throws TensorFileException if there is none of that name, or its type is not F32, F64, I32,
   *     I64, U8 or BOOL
   */
  public double[] numbers(String name, long first, int count) {
    Entry entry = entryOf(name);
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
    long size = elementBits(path, name, entry.dtype()) / Byte.SIZE;
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

    /** Adds a tensor, which must stay open until {@link #write}. */
    public void add(String name, TFloat32 tensor) {
      tensors.put(name, new Content(tensor.shape(), (stream, n) -> copy(n, tensor, stream)));
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

    private static void copy(String name, TFloat32 tensor, TensorStream stream) {
      var data = tensor.asRawTensor().data();
      byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, data.size())];
      for (long position = 0; position < data.size(); position += chunk.length) {
        int count = (int) Math.min(chunk.length, data.size() - position);
        data.offset(position).read(chunk, 0, count);
        stream.write(name, ByteBuffer.wrap(chunk, 0, count));
      }
    }
  }
}
