package org.score4j.engine.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles instruction by instruction, and archives around them, however broken. */
final class PickleBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PickleBytes() {
    op(0x80).op(2);
  }

  PickleBytes op(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
    return this;
  }

  PickleBytes text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op('X').raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length).array());
    return raw(utf8);
  }

  PickleBytes number(long number) {
    op(0x8a, 8);
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
  }

  PickleBytes global(String module, String name) {
    return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  PickleBytes numbers(long... numbers) {
    op('(');
    for (long number : numbers) {
      number(number);
    }
    return op('t');
  }

  /** A float32 tensor in the storage {@code data/0}. */
  PickleBytes tensor(long count, long offset, long[] size, long[] stride) {
    global("torch._utils", "_rebuild_tensor_v2").op('(');
    op('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu");
    number(count).op('t', 'Q').number(offset).numbers(size).numbers(stride);
    return op(0x89).global("collections", "OrderedDict").op(')', 'R', 't', 'R');
  }

  /** The same as a view of numbers {@code first} to {@code first + seen} of four. */
  PickleBytes view(long first, long seen) {
    global("torch._utils", "_rebuild_tensor").op('(');
    op('(').text("storage").global("torch.cuda", "FloatStorage").text("0").text("cuda:0");
    number(4).op('(').text("v").number(first).number(seen).op('t', 't', 'Q');
    return number(0).numbers(seen).numbers(1).op('t', 'R');
  }

  /** A scalar tensor, number i of the four of {@code data/0}. */
  PickleBytes scalar(int i) {
    return tensor(4, i, new long[0], new long[0]);
  }

  /** A dictionary of scalar tensors by name: number {@code first}, and those after it. */
  PickleBytes scalars(int first, String... names) {
    op('}', '(');
    for (int i = 0; i < names.length; i++) {
      text(names[i]).scalar(first + i);
    }
    return op('u');
  }

  private PickleBytes raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  byte[] end() {
    return op('.').unfinished();
  }

  byte[] unfinished() {
    return bytes.toByteArray();
  }

  /**
   * {@code torch.save} of a pickle before PyTorch 1.6, with the numbers 0 to 3 in the storage
   * {@code 0}.
   *
   * @param count what is said to be their number
   */
  static byte[] sequence(byte[] pickle, String key, long count) {
    var all = new PickleBytes().op(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50);
    all.op(0x19, '.').raw(new PickleBytes().op('M', 0xe9, 3).end());
    all.raw(new PickleBytes().op('}').end()).raw(pickle);
    all.raw(new PickleBytes().op(']').text(key).op('a').end());
    ByteBuffer storage = ByteBuffer.allocate(8 + 16).order(ByteOrder.LITTLE_ENDIAN).putLong(count);
    for (int i = 0; i < 4; i++) {
      storage.putFloat(i);
    }
    return all.raw(storage.array()).unfinished();
  }

  /** {@code torch.save} of a pickle, with four float32 numbers as {@code data/0}. */
  static Path archive(Path file, byte[] pickle) {
    return archive(file, Map.of("a/data.pkl", pickle, "a/data/0", new byte[16]), ZipEntry.STORED);
  }

  static Path archive(Path file, Map<String, byte[]> contents, int method) {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : contents.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setMethod(method);
        entry.setSize(content.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
