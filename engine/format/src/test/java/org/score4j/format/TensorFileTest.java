package org.score4j.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

class TensorFileTest {
  @TempDir Path folder;

  private Path raw(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    return Files.write(folder.resolve("raw.safetensors"), bytes.array());
  }

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("a.safetensors");
    var writer = new TensorFile.Writer(file, Map.of("step", "12", "text", "a \"quoted\" line\n"));
    ByteBuffer vector = ByteBuffer.allocate(3 * Float.BYTES).order(ByteOrder.nativeOrder());
    vector.asFloatBuffer().put(new float[] {1.5f, -2, Float.MIN_VALUE});
    writer.add("x/y", Shape.of(3), DataBuffers.of(vector.array()));
    writer.add("z", Shape.scalar(), () -> new float[] {7});
    writer.write();
    TensorFile read = TensorFile.open(file);
    assertEquals(List.of("x/y", "z"), List.copyOf(read.names()));
    assertEquals(Shape.of(3), read.shape("x/y"));
    assertEquals(Shape.scalar(), read.shape("z"));
    assertArrayEquals(new float[] {1.5f, -2, Float.MIN_VALUE}, read.floats("x/y"));
    assertArrayEquals(new float[] {7}, read.floats("z"));
    assertEquals(Map.of("step", "12", "text", "a \"quoted\" line\n"), read.metadata());
    assertFalse(Files.exists(folder.resolve("a.safetensors.tmp")));
  }

  @Test
  void integersAreReadAsWritten() {
    Path file = folder.resolve("labelled.safetensors");
    Map<String, Shape> integers = Map.of("labels", Shape.of(2));
    try (var stream = new TensorStream(file, Map.of(), Map.of("x", Shape.of(1)), integers)) {
      stream.write("labels", new int[] {-1, 1 << 30});
      stream.write("x", new float[] {0.5f});
      stream.finish();
    }
    TensorFile read = TensorFile.open(file);
    assertEquals("F32", read.type("x"));
    assertEquals("I32", read.type("labels"));
    assertArrayEquals(new double[] {-1, 1 << 30}, read.numbers("labels", 0, 2));
  }

  @Test
  void equalContentsMakeEqualFiles() throws IOException {
    List<String> names = List.of("step", "recipe", "a", "b");
    List<String> reversed = names.stream().sorted(Comparator.reverseOrder()).toList();
    assertEquals(-1, Files.mismatch(withTexts("1", names), withTexts("2", reversed)));
  }

  private Path withTexts(String file, List<String> names) {
    Map<String, String> texts = new LinkedHashMap<>();
    names.forEach(name -> texts.put(name, "text of " + name));
    Path path = folder.resolve(file);
    new TensorFile.Writer(path, texts).write();
    return path;
  }

  @Test
  void aSuspendedFileGoesOnWhereItStopped() {
    Path file = folder.resolve("suspended.safetensors");
    try (var stream = resume(file, "1")) {
      assertEquals(0, stream.written("x"));
      stream.write("x", new float[] {1, 2, 3});
      stream.suspend();
    }
    assertFalse(Files.exists(file));
    try (var stream = resume(file, "1")) {
      assertEquals(3, stream.written("x"));
      assertArrayEquals(new float[] {2, 3}, stream.read("x", 1, 2));
      stream.rewind("x", 2);
      stream.write("x", new float[] {4, 5});
      stream.write("labels", new int[] {6});
      stream.suspend();
    }
    try (var stream = resume(file, "1")) {
      assertEquals(4, stream.written("x"));
      assertEquals(1, stream.written("labels"));
      stream.rewind("x", 4);
      assertEquals(0, stream.written("labels"));
      stream.write("labels", new int[] {6, 7});
      stream.finish();
    }
    TensorFile read = TensorFile.open(file);
    read.verify();
    assertArrayEquals(new float[] {1, 2, 4, 5}, read.floats("x"));
    assertArrayEquals(new double[] {6, 7}, read.numbers("labels", 0, 2));
    assertEquals(List.of("suspended.safetensors"), List.of(folder.toFile().list()));
  }

  @Test
  void aFileWhoseWriterWasStoppedWhileItFinishedGoesOnToo() throws IOException {
    Path file = folder.resolve("finishing.safetensors");
    try (var stream = resume(file, "1")) {
      stream.write("x", new float[] {1, 2, 3, 4});
      stream.write("labels", new int[] {5, 6});
      stream.suspend();
    }
    Path part = folder.resolve("finishing.safetensors.part");
    String bytes = Files.readString(part, StandardCharsets.ISO_8859_1);
    String entered = bytes.replace("crc32c 00000000", "crc32c 0123abcd");
    Files.writeString(part, entered, StandardCharsets.ISO_8859_1);
    try (var stream = resume(file, "1")) {
      assertEquals(4, stream.written("x"));
      assertEquals(2, stream.written("labels"));
      stream.finish();
    }
    TensorFile.open(file).verify();
  }

  @Test
  void aSuspendedFileOfOtherTextsIsStartedAnew() {
    Path file = folder.resolve("suspended.safetensors");
    try (var stream = resume(file, "1")) {
      stream.write("x", new float[] {1, 2, 3, 4});
      stream.suspend();
    }
    try (var stream = resume(file, "2")) {
      assertEquals(0, stream.written("x"));
    }
    assertEquals(List.of(), List.of(folder.toFile().list()));
  }

  @Test
  void nothingIsResumedThatHasChanged() throws IOException {
    Path file = folder.resolve("damaged.safetensors");
    Path part = folder.resolve("damaged.safetensors.part");
    try (var stream = resume(file, "1")) {
      stream.write("x", new float[] {1, 2});
      stream.force();
      stream.write("x", new float[] {3});
      stream.suspend();
    }
    byte[] bytes = Files.readAllBytes(part);
    boolean told = false;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 16;
      Files.write(part, bytes);
      try (var stream = resume(file, "1")) {
        long sound = stream.written("x");
        assertArrayEquals(
            Arrays.copyOf(new float[] {1, 2, 3}, (int) sound), stream.read("x", 0, (int) sound));
        told |= stream.isDamaged() && sound == 2;
        stream.rewind("x", sound);
        stream.write("x", Arrays.copyOfRange(new float[] {1, 2, 3, 4}, (int) sound, 4));
        stream.write("labels", new int[] {5, 6});
        stream.finish();
      }
      TensorFile whole = TensorFile.openSound(file);
      assertArrayEquals(new float[] {1, 2, 3, 4}, whole.floats("x"));
      bytes[i] ^= 16;
    }
    assertTrue(told);
  }

  @Test
  void aSuspendedFileThatIsCutCountsAsDamaged() throws IOException {
    Path file = folder.resolve("cut.safetensors");
    Path part = folder.resolve("cut.safetensors.part");
    try (var stream = resume(file, "1")) {
      stream.write("x", new float[] {1, 2});
      stream.suspend();
    }
    byte[] bytes = Files.readAllBytes(part);
    int header = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (int length = 1; length < bytes.length; length++) {
      Files.write(part, Arrays.copyOf(bytes, length));
      assertFalse(isOfAnother(file, "1"));
      assertEquals(length > header, isOfAnother(file, "2"));
      try (var stream = resume(file, "1")) {
        assertEquals(0, stream.written("x"));
        assertEquals(length != header, stream.isDamaged(), "of length " + length);
      }
    }
    assertFalse(isOfAnother(file, "1"));
  }

  private static boolean isOfAnother(Path file, String step) {
    return TensorStream.isOfAnother(
        file, Map.of("step", step), Map.of("x", Shape.of(2, 2)), Map.of("labels", Shape.of(2)));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    var refused = assertThrows(TensorFileException.class, () -> TensorFile.open(pipe));
    assertTrue(refused.getMessage().endsWith("is no regular file"), refused::getMessage);
  }

  private static TensorStream resume(Path file, String step) {
    return TensorStream.resume(
        file, Map.of("step", step), Map.of("x", Shape.of(2, 2)), Map.of("labels", Shape.of(2)));
  }

  @Test
  void failedWriteLeavesTheOldFileAlone() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Files.writeString(file, "old");
    var failure = new UncheckedIOException(new IOException("No space left on device"));
    var writer = new TensorFile.Writer(file, Map.of());
    writer.add(
        "z",
        Shape.of(1),
        () -> {
          throw failure;
        });
    assertEquals(failure, assertThrows(UncheckedIOException.class, writer::write));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.safetensors"), List.of(folder.toFile().list()));
  }

  @Test
  void aFileThatCannotGetItsNameLeavesNothing() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Files.createDirectories(file.resolve("inside"));
    var writer = new TensorFile.Writer(file, Map.of());
    writer.add("z", Shape.of(1), () -> new float[1]);
    var refused = assertThrows(UncheckedIOException.class, writer::write);
    assertTrue(
        refused.getMessage().matches("(?s)cannot write .*a.safetensors: .*(irectory|folder).*"),
        refused::getMessage);
    assertEquals(List.of("a.safetensors"), List.of(folder.toFile().list()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | do not fit shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | do not fit shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} | do not fit shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | impossible shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} |"
            + " impossible shape",
        "{\"a\":{\"dtype\":\"Q7\",\"shape\":[1],\"data_offsets\":[0,4]}} | unknown type",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | lacks shape or data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}} | a and b overlap",
        "{\"a\": | broken header",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[6,8]}} |"
            + " 2 bytes of no tensor between a and b",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[2,8]}} |"
            + " 2 bytes of no tensor between the header and a",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} |"
            + " 4 bytes of no tensor at its end",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}} | broken header",
        "{\"a\":{\"dtype\":\"F64\",\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}} |"
            + " broken header",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1.0],\"data_offsets\":[0,8]}} | impossible shape",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1e999],\"data_offsets\":[0,8]}} |"
            + " a has an impossible shape [a number above 1.8e308]",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,1e999]}} |"
            + " a: data_offsets [0,a number above 1.8e308] do not fit shape [1] of F64 in 8 bytes",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[\"1\"],\"data_offsets\":[0,8]}} | impossible shape",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,\"8\"]}} | do not fit",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8,8]}} | lacks shape",
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[15],\"data_offsets\":[0,8]}} | last byte",
        "{\"__metadata__\":{\"a\":1}} | a is none",
        "{\"__metadata__\":[\"a\"]} | must be an object of texts",
        "[] | does not begin with {",
        "' {}' | does not begin with {",
        "{}{} | broken header"
      })
  void malformedHeadersAreRefused(String header, String fault) throws IOException {
    Path file = raw(header, 8);
    var e = assertThrows(TensorFileException.class, () -> TensorFile.open(file));
    assertTrue(e.getMessage().contains(fault), e.getMessage());
  }

  @Test
  void headersBeyondTheLimitsOfTheParserAreRefusedInWords() throws IOException {
    for (String extent :
        List.of("1".repeat(2000), "[".repeat(600) + "]".repeat(600), "\"" + "k".repeat(9) + "\"")) {
      String header =
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + extent + "],\"data_offsets\":[0,8]}}";
      Path file = raw(header, 8);
      var e = assertThrows(TensorFileException.class, () -> TensorFile.open(file));
      assertFalse(e.getMessage().contains("StreamReadConstraints"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[16],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F6_E2M3\",\"shape\":[4],\"data_offsets\":[0,3]},"
            + "\"b\":{\"dtype\":\"F8_E4M3\",\"shape\":[5],\"data_offsets\":[3,8]}}",
        "{\"a\":{\"dtype\":\"U16\",\"shape\":[4],\"data_offsets\":[0,8]}}   ",
        "{\"b\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"U64\",\"shape\":[],\"data_offsets\":[0,8]}}"
      })
  void everyTypeAndBlanksAfterTheHeaderAreAccepted(String header) throws IOException {
    assertFalse(TensorFile.open(raw(header, 8)).names().isEmpty());
  }

  @Test
  void headersThatAreNotInUtf8AreRefused() throws IOException {
    byte[] header = "{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    header[6] = (byte) 0xff;
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    Path file = Files.write(folder.resolve("x"), bytes.putLong(header.length).put(header).array());
    var e = assertThrows(TensorFileException.class, () -> TensorFile.open(file));
    assertTrue(e.getMessage().contains("UTF-8"), e.getMessage());
  }

  @Test
  void headerLongerThanTheFileIsRefusedBeforeAllocation() throws IOException {
    Path file = folder.resolve("huge.safetensors");
    Files.write(
        file, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 60).array());
    var e = assertThrows(TensorFileException.class, () -> TensorFile.open(file));
    assertTrue(e.getMessage().contains("not a safetensors file"), e.getMessage());
    Path tiny = Files.write(folder.resolve("tiny.safetensors"), new byte[3]);
    assertThrows(TensorFileException.class, () -> TensorFile.open(tiny));
  }

  @Test
  void aFileOfAnotherKindIsToldByItsFirstBytes() throws IOException {
    Path text =
        Files.writeString(folder.resolve("notes.safetensors"), "Dear reader,\nthis is text.");
    var e = assertThrows(TensorFileException.class, () -> TensorFile.open(text));
    assertEquals(
        text
            + ": is not a safetensors file, or cut short: it begins with the text \"Dear reader,"
            + " thi\"",
        e.getMessage());
    byte[] zip = {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 1};
    Path torch = Files.write(folder.resolve("model.safetensors"), zip);
    e = assertThrows(TensorFileException.class, () -> TensorFile.open(torch));
    assertTrue(
        e.getMessage().endsWith("begins with the bytes 50 4b 03 04 00 00 00 00 00 01"),
        e.getMessage());
  }
}
