package org.score4j.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;
import org.tensorflow.ndarray.Shape;

/** The {@code .pth} files among the resources were written by PyTorch 1.13. */
class TorchFileTest {
  @TempDir Path folder;

  static Path resource(String name) {
    try {
      return Path.of(TorchFileTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private String refusal(Path file) {
    return assertThrows(TensorFileException.class, () -> TrainedWeights.open(file))
        .getMessage()
        .replace(file.getParent() + "/", "");
  }

  @Test
  void everyFloatingPointFormatIsRead() {
    NamedTensors tensors = TrainedWeights.open(resource("formats.pth")).parameters();
    assertArrayEquals(new float[] {1, -2.5f, 5.9604645e-8f, 65504}, tensors.values("half"));
    assertArrayEquals(
        new float[] {1, -2.5f, Float.intBitsToFloat(0x7f620000)}, tensors.values("bfloat"), 0);
    assertArrayEquals(new float[] {0.1f}, tensors.values("double"));
    assertArrayEquals(new float[] {1, 1}, tensors.values("parameter"));
    var thrown = assertThrows(TensorFileException.class, () -> tensors.values("count"));
    assertEquals(
        "formats.pth: count does not hold numbers with fractions",
        thrown.getMessage().replaceFirst(".*/", ""));
  }

  @Test
  void viewsAreReadInTheirOwnOrder() {
    NamedTensors tensors = TrainedWeights.open(resource("formats.pth")).parameters();
    assertEquals(Shape.of(6, 4), tensors.shape("transposed"));
    float[] transposed = new float[24];
    for (int i = 0; i < 24; i++) {
      transposed[i] = i % 4 * 6 + i / 4;
    }
    assertArrayEquals(transposed, tensors.values("transposed"));
    assertArrayEquals(new float[] {8, 9, 10, 14, 15, 16}, tensors.values("part"));
    assertEquals(Shape.scalar(), tensors.shape("scalar"));
    assertArrayEquals(new float[] {4}, tensors.values("scalar"));
    assertArrayEquals(new float[0], tensors.values("empty"));
  }

  @Test
  void commandsAreNotRun() {
    assertEquals(
        "command.pth: asks for posix.system, which no file of weights needs; nothing of it was run",
        refusal(resource("command.pth")));
  }

  @Test
  void aMissingFileIsTold() {
    assertEquals("none.pth: there is no such file", refusal(folder.resolve("none.pth")));
  }

  @Test
  void nothingCompressedIsUnpacked() {
    Path bomb =
        PickleBytes.archive(
            folder.resolve("bomb.pth"), Map.of("a/data.pkl", new byte[1 << 20]), ZipEntry.DEFLATED);
    assertEquals("bomb.pth: is not a file of torch.save: a/data.pkl is compressed", refusal(bomb));
  }

  @Test
  void anArchiveOfSomethingElseIsRefused() {
    Path other =
        PickleBytes.archive(
            folder.resolve("other.pth"), Map.of("b.txt", new byte[3]), ZipEntry.STORED);
    assertEquals(
        "other.pth: is not a file of torch.save: it has 0 entries data.pkl", refusal(other));
  }

  @Test
  void aTruncatedArchiveIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(resource("checkpoint.pth"));
    Path file = folder.resolve("cut.pth");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    String refusal = refusal(file);
    assertEquals("cut.pth: is a broken archive", refusal.substring(0, 28), refusal);
  }

  static Stream<Arguments> brokenPickles() {
    long[] two = {2, 2};
    long[] rows = {2, 1};
    return Stream.of(
        arguments(
            "has a storage data/0 of 16 bytes for 5 numbers of 4 bytes", tensor(5, 0, two, rows)),
        arguments(
            "has a storage data/0 of 16 bytes for -1 numbers of 4 bytes", tensor(-1, 0, two, rows)),
        arguments(
            "has a storage data/0 of 16 bytes for 4611686018427387905 numbers of 4 bytes",
            tensor((1L << 62) + 1, 0, two, rows)),
        arguments(
            "has a tensor of size [2, 2], stride [2, 1] and offset 1 in a storage of 4 numbers",
            tensor(4, 1, two, rows)),
        arguments(
            "has a tensor of size [2, 2], stride [2, 1] and offset -1 in a storage of 4 numbers",
            tensor(4, -1, two, rows)),
        arguments(
            "has a tensor of size [-2, 2], stride [2, 1] and offset 0 in a storage of 4 numbers",
            tensor(4, 0, new long[] {-2, 2}, rows)),
        arguments(
            "has a tensor of size [2, 2], stride [-2, 1] and offset 2 in a storage of 4 numbers",
            tensor(4, 2, two, new long[] {-2, 1})),
        arguments(
            "has a tensor of size [4294967297, 2], stride [4294967296, 1] and offset 0 in a storage"
                + " of 4 numbers",
            tensor(4, 0, new long[] {(1L << 32) + 1, 2}, new long[] {1L << 32, 1})),
        arguments(
            "has a tensor of size [2, 2], stride [1] and offset 0 in a storage of 4 numbers",
            tensor(4, 0, two, new long[] {1})),
        arguments("holds no dictionary of tensors", new PickleBytes().op(']').end()),
        arguments(
            "holds no dictionary of tensors",
            new PickleBytes().op('}').text("a").number(1).op('s').end()),
        arguments("the pickle has no end", new PickleBytes().op(']').unfinished()),
        arguments("the pickle takes more than it has", new PickleBytes().end()),
        arguments("the pickle takes more than it has", new PickleBytes().op('}', 'u').end()),
        arguments(
            "the pickle ends in the middle of an instruction",
            new PickleBytes().op('J', 1, 2).unfinished()),
        arguments(
            "the pickle has a text of -1 bytes",
            new PickleBytes().op('X', 255, 255, 255, 255).end()),
        arguments("the pickle refers to its value 7 too early", new PickleBytes().op('h', 7).end()),
        arguments(
            "the pickle has a key that is neither text nor a number",
            new PickleBytes().op('}', ')', ')', 's').end()),
        arguments(
            "the pickle has a ArrayList where it needs a LinkedHashMap",
            new PickleBytes().op(']').text("a").number(1).op('s').end()),
        arguments(
            "the pickle has the instruction 0x69, which files of weights do not need",
            new PickleBytes().op('i').end()),
        arguments(
            "asks for builtins.eval, which no file of weights needs; nothing of it was run",
            new PickleBytes().global("builtins", "eval").end()),
        arguments(
            "calls torch._utils._rebuild_tensor_v2 with 0 arguments",
            new PickleBytes().global("torch._utils", "_rebuild_tensor_v2").op(')', 'R').end()),
        arguments(
            "calls torch.FloatStorage with 0 arguments",
            new PickleBytes().global("torch", "FloatStorage").op(')', 'R').end()),
        arguments(
            "has a storage that is not named as torch.save does",
            new PickleBytes().op(')', 'Q').end()));
  }

  private static byte[] tensor(long count, long offset, long[] size, long[] stride) {
    return new PickleBytes().op('}').text("w").tensor(count, offset, size, stride).op('s').end();
  }

  @ParameterizedTest
  @MethodSource("brokenPickles")
  void brokenPicklesAreRefusedBeforeAnythingIsAllocated(String fault, byte[] pickle) {
    Path file = PickleBytes.archive(folder.resolve("broken.pth"), pickle);
    assertEquals("broken.pth: " + fault, refusal(file));
  }

  @Test
  void aSmallStorageDoesNotMakeALargeTensor() {
    Path file =
        PickleBytes.archive(
            folder.resolve("wide.pth"),
            tensor(4, 0, new long[] {1L << 40, 1L << 40}, new long[] {0, 0}));
    NamedTensors tensors = TrainedWeights.open(file).parameters();
    var thrown = assertThrows(TensorFileException.class, () -> tensors.values("w"));
    assertEquals(file + ": w has too many numbers", thrown.getMessage());
  }

  @Test
  void aListThatHoldsItselfIsNoTrap() {
    Path file =
        PickleBytes.archive(
            folder.resolve("loop.pth"),
            new PickleBytes().op('}').text("a").op(']', 'q', 0, 'h', 0, 'a', 's').end());
    assertEquals("loop.pth: holds no dictionary of tensors", refusal(file));
  }
}
