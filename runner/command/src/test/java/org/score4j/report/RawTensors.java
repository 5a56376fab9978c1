package org.score4j.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A safetensors file of tensors of any type, made without the code under test. */
public final class RawTensors {
  private final StringJoiner header = new StringJoiner(",", "{", "}");
  private final List<ByteBuffer> data = new ArrayList<>();
  private int offset;

  /** Adds a tensor; its numbers are repeated as often as the shape wants. */
  public RawTensors with(String name, String type, List<Integer> shape, double... numbers) {
    int count = shape.stream().reduce(1, Math::multiplyExact);
    int size =
        type.endsWith("64")
            ? 8
            : type.endsWith("32") ? 4 : type.endsWith("8") || type.equals("BOOL") ? 1 : 2;
    var bytes = ByteBuffer.allocate(count * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      double number = numbers[i % numbers.length];
      switch (type) {
        case "F32" -> bytes.putFloat((float) number);
        case "F64" -> bytes.putDouble(number);
        case "I32" -> bytes.putInt((int) number);
        case "U8" -> bytes.put((byte) number);
        case "I64" -> bytes.putLong((long) number);
        case "BOOL" -> bytes.put((byte) 0);
        default -> bytes.putShort((short) 0);
      }
    }
    data.add(bytes.flip());
    header.add(
        String.format(
            Locale.ROOT,
            "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
            name,
            type,
            shape,
            offset,
            offset + count * size));
    offset += count * size;
    return this;
  }

  public Path write(Path file) throws IOException {
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    var all = ByteBuffer.allocate(8 + json.length + offset).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json);
    data.forEach(all::put);
    return Files.write(file, all.array());
  }
}
