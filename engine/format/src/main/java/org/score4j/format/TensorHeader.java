package org.score4j.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header of a safetensors file, checked against the file's length: every offset against the
 * shape, the type and the other tensors.
 *
 * @param dataStart where the tensors' bytes begin in the file
 * @param entries the tensors by name
 * @param metadata texts stored beside them, without the checksum
 * @param checksum that the file should have; empty if it is none of ours
 */
record TensorHeader(
    long dataStart,
    Map<String, Entry> entries,
    Map<String, String> metadata,
    Optional<FileChecksum> checksum) {
  /** What the header calls the texts. */
  static final String METADATA = "__metadata__";

  private static final long MAX_BYTES = 100_000_000;
  private static final int STARTS_WITH = 16;
  private static final int SHOWN = 200;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  /**
   * A tensor.
   *
   * @param begin where its bytes begin, counted from where the tensors' do
   * @param end where they end
   */
  record Entry(String dtype, Shape shape, long begin, long end) {}

  /**
   * Reads a file's header.
   *
   * @param path what messages call the file
   * @throws TensorFileException if it is not a safetensors file
   */
  static TensorHeader of(FileChannel channel, Path path) throws IOException {
    try {
      return checked(channel, path);
    } catch (StreamConstraintsException e) {
      throw new TensorFileException(
          path,
          "has a broken header: its names, numbers or brackets are longer than any of tensors");
    } catch (JacksonException e) {
      throw new TensorFileException(path, "has a broken header: " + e.getOriginalMessage());
    }
  }

  private static TensorHeader checked(FileChannel channel, Path path) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw new TensorFileException(
          path,
          size == 0
              ? "is empty"
              : "is too short for a file of tensors: it has " + size + " of 8 bytes or more");
    }
    long headerBytes = read(channel, path, 0, 8).getLong();
    if (headerBytes < 2 || headerBytes > Math.min(MAX_BYTES, size - 8)) {
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
    return new TensorHeader(dataStart, entries, metadata, checksum);
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

  /** Bits of an element of a type. */
  static long elementBits(Path path, String name, String dtype) {
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

  /** Bytes of a file, all of them. */
  static ByteBuffer read(FileChannel channel, Path path, long position, int bytes)
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
}
