package org.score4j.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;
import org.tensorflow.ndarray.Shape;

/** Files of before PyTorch 1.6, of big-endian machines, and pickles that are of neither kind. */
class TorchSequenceTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) {
    try {
      return Files.write(folder.resolve("old.pth"), bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String refusal(byte[] bytes) {
    Path file = file(bytes);
    return assertThrows(TensorFileException.class, () -> TrainedWeights.open(file))
        .getMessage()
        .replace(folder + "/", "");
  }

  private static byte[] pickle() {
    return new PickleBytes()
        .op('}', '(')
        .text("all")
        .tensor(4, 0, new long[] {2, 2}, new long[] {1, 2})
        .text("view")
        .view(1, 2)
        .text("none")
        .tensor(4, 0, new long[] {0, 3}, new long[] {3, 1})
        .op('u')
        .end();
  }

  @Test
  void aFileOfPyTorchItselfIsRead() {
    NamedTensors tensors =
        TrainedWeights.open(TorchFileTest.resource("before-1.6.pth")).parameters();
    assertEquals(Set.of("a"), tensors.names());
    assertArrayEquals(new float[] {1, 1}, tensors.values("a"));
  }

  @Test
  void stridesViewsAndEmptyTensorsAreRead() {
    NamedTensors tensors =
        TrainedWeights.open(file(PickleBytes.sequence(pickle(), "0", 4))).parameters();
    assertArrayEquals(new float[] {0, 2, 1, 3}, tensors.values("all"));
    assertArrayEquals(new float[] {1, 2}, tensors.values("view"));
    assertEquals(Shape.of(0, 3), tensors.shape("none"));
    assertArrayEquals(new float[0], tensors.values("none"));
  }

  @Test
  void storagesMustBeWhatTheTensorsSay() {
    assertEquals(
        "old.pth: has a storage 0 of 5 numbers, which is not what its tensors say",
        refusal(PickleBytes.sequence(pickle(), "0", 5)));
    assertEquals(
        "old.pth: has a storage 1 of 4 numbers, which is not what its tensors say",
        refusal(PickleBytes.sequence(pickle(), "1", 4)));
    byte[] whole = PickleBytes.sequence(pickle(), "0", 4);
    assertEquals(
        "old.pth: ends too early: its storage 0 has 4 numbers",
        refusal(Arrays.copyOf(whole, whole.length - 1)));
    for (int length = 3; length < whole.length; length += 7) {
      assertFalse(refusal(Arrays.copyOf(whole, length)).isEmpty());
    }
    byte[] beyond = new PickleBytes().op('}').text("v").view(3, 2).op('s').end();
    assertEquals(
        "old.pth: has a view [v, 3, 2] beyond its storage",
        refusal(PickleBytes.sequence(beyond, "0", 4)));
  }

  @Test
  void aPickleOfObjectsIsToldFromOneOfTensors() {
    byte[] object = new PickleBytes().global("__main__", "Net").op(')', 0x81).end();
    assertEquals(
        "old.pth: is a pickle of Python objects, not of tensors alone: reading it runs the code"
            + " that it names, as does pickle.load. Where that code is, write the tensors by"
            + " themselves: torch.save(network.state_dict(), NEW)",
        refusal(object));
  }

  @Test
  void bigEndianNumbersAreTurned() {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put("a/data.pkl", new PickleBytes().scalars(0, "x", "y").end());
    contents.put("a/byteorder", new byte[] {'b', 'i', 'g'});
    contents.put("a/data/0", ByteBuffer.allocate(16).putFloat(1.5f).putFloat(-2).array());
    Path file = PickleBytes.archive(folder.resolve("big.pth"), contents, ZipEntry.STORED);
    NamedTensors tensors = TrainedWeights.open(file).parameters();
    assertArrayEquals(new float[] {1.5f}, tensors.values("x"));
    assertArrayEquals(new float[] {-2}, tensors.values("y"));
  }
}
