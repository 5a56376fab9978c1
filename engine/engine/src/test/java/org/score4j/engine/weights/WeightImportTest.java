package org.score4j.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeight.Layout;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.ndarray.Shape;

/**
 * A checkpoint as score_sde_pytorch saves it after seven steps, of a network with a frequency that
 * is not trained and one layer, weight [2, 3] = 0, 0.25 ... 1.25 and bias [2] = 1, -2. The averages
 * are twice the weight, and 5, 6.
 */
class WeightImportTest {
  private static final List<ReferenceWeight> NAMES =
      List.of(
          new ReferenceWeight("all_modules.0.W", "frequencies", Layout.SAME),
          new ReferenceWeight("all_modules.1.weight", "kernel", Layout.OIHW),
          new ReferenceWeight("all_modules.1.bias", "bias", Layout.SAME));

  @TempDir Path folder;

  private static List<CheckpointEntry> entries(Shape kernel, String... slots) {
    List<CheckpointEntry> entries = new ArrayList<>();
    for (String prefix : List.of("model/", "ema/")) {
      entries.add(new CheckpointEntry(prefix + "frequencies", Shape.of(2), false));
      entries.add(new CheckpointEntry(prefix + "kernel", kernel, true));
      entries.add(new CheckpointEntry(prefix + "bias", Shape.of(2), true));
    }
    for (String slot : slots) {
      entries.add(new CheckpointEntry("optimizer/" + slot + "/kernel", kernel, true));
      entries.add(new CheckpointEntry("optimizer/" + slot + "/bias", Shape.of(2), true));
    }
    return entries;
  }

  private static WeightImport imported(List<CheckpointEntry> entries) {
    var weights = TrainedWeights.open(TorchFileTest.resource("checkpoint.pth"));
    return new WeightImport(NAMES, entries, weights, name -> name.equals("sigmas"));
  }

  private TensorFile written(WeightImport imported) {
    Path file = folder.resolve("checkpoint.safetensors");
    imported.write(file, Map.of("step", "7"));
    return TensorFile.open(file);
  }

  @Test
  void parametersAveragesAndAdamsMemoryFindTheirPlaces() {
    var imported = imported(entries(Shape.of(3, 2), "m", "v"));
    assertTrue(imported.averaged());
    assertTrue(imported.continues());
    assertEquals(7, imported.step());
    TensorFile file = written(imported);
    assertEquals(10, file.names().size());
    assertArrayEquals(new float[] {0, 0.75f, 0.25f, 1, 0.5f, 1.25f}, file.floats("model/kernel"));
    assertArrayEquals(new float[] {0, 1.5f, 0.5f, 2, 1, 2.5f}, file.floats("ema/kernel"));
    assertArrayEquals(new float[] {1, -2}, file.floats("model/bias"));
    assertArrayEquals(new float[] {5, 6}, file.floats("ema/bias"));
    assertArrayEquals(new float[] {0.5f, 1.5f}, file.floats("model/frequencies"));
    assertArrayEquals(new float[] {0.5f, 1.5f}, file.floats("ema/frequencies"));
    // One step of Adam with gradients 1 and 2: (1 - 0.9) g and (1 - 0.999) g^2.
    assertArrayEquals(new float[] {0.2f, 0.2f}, file.floats("optimizer/m/bias"), 1e-7f);
    assertArrayEquals(new float[] {0.004f, 0.004f}, file.floats("optimizer/v/bias"), 1e-8f);
    assertArrayEquals(
        new float[] {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f}, file.floats("optimizer/m/kernel"), 1e-7f);
  }

  @Test
  void anotherOptimizerStartsAtStepZeroWithoutMemory() {
    var imported = imported(entries(Shape.of(3, 2), "velocity"));
    assertFalse(imported.continues());
    assertEquals(0, imported.step());
    assertArrayEquals(new float[2], written(imported).floats("optimizer/velocity/bias"));
  }

  @Test
  void withoutAveragesTheParametersAreTheirOwn() {
    var tensors = TrainedWeights.open(TorchFileTest.resource("checkpoint.pth")).parameters();
    var imported =
        new WeightImport(
            NAMES,
            entries(Shape.of(3, 2)),
            new NamedCheckpoint(tensors),
            name -> name.equals("sigmas"));
    assertFalse(imported.averaged());
    assertArrayEquals(new float[] {1, -2}, written(imported).floats("ema/bias"));
  }

  @Test
  void allThatDoesNotFitIsToldAtOnce() {
    List<CheckpointEntry> entries = new ArrayList<>(entries(Shape.of(4, 2)));
    entries.add(new CheckpointEntry("model/classes", Shape.of(10, 2), true));
    entries.add(new CheckpointEntry("model/gamma", Shape.of(2), true));
    List<ReferenceWeight> names =
        List.of(
            NAMES.get(0),
            NAMES.get(1),
            new ReferenceWeight("all_modules.2.weight", "gamma", Layout.SAME));
    Path file = TorchFileTest.resource("checkpoint.pth");
    var thrown =
        assertThrows(
            TensorFileException.class,
            () -> new WeightImport(names, entries, TrainedWeights.open(file), name -> false));
    assertEquals(
        file
            + """
            : does not hold the weights of this network; 6 tensors differ:
              all_modules.1.weight has shape [2, 3], expected [2, 4]
              no tensor stands for the network's bias [2]
              no tensor stands for the network's classes [10, 2]
              missing all_modules.2.weight [2]
              unexpected sigmas [3]
              unexpected all_modules.1.bias [2]""",
        thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void numbersThatAreNotFiniteAreRefused(float broken) {
    NamedTensors tensors =
        TrainedWeights.open(TorchFileTest.resource("checkpoint.pth")).parameters();
    var weights =
        new NamedCheckpoint(
            new NamedTensors() {
              @Override
              public Path path() {
                return Path.of("some.pth");
              }

              @Override
              public Set<String> names() {
                return tensors.names();
              }

              @Override
              public Shape shape(String name) {
                return tensors.shape(name);
              }

              @Override
              public float[] values(String name) {
                return name.endsWith("bias") ? new float[] {1, broken} : tensors.values(name);
              }
            });
    var imported =
        new WeightImport(NAMES, entries(Shape.of(3, 2)), weights, name -> name.equals("sigmas"));
    var thrown = assertThrows(TensorFileException.class, () -> written(imported));
    assertEquals(
        "some.pth: all_modules.1.bias must hold finite float32 numbers, found "
            + broken
            + " at index 1",
        thrown.getMessage());
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void averagesThatDoNotMatchTheParametersAreRefused() {
    List<CheckpointEntry> trained =
        entries(Shape.of(3, 2)).stream()
            .map(entry -> new CheckpointEntry(entry.name(), entry.shape(), true))
            .toList();
    var thrown = assertThrows(TensorFileException.class, () -> imported(trained));
    assertEquals(
        "checkpoint.pth: has 2 EMA weights of 3 trained parameters",
        thrown.getMessage().replaceFirst(".*/", ""));
  }
}
