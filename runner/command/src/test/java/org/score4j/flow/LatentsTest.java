package org.score4j.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Progress;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.Weights;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.report.NormalData;
import org.score4j.sampling.Classifiers;
import org.score4j.sampling.Generator;
import org.score4j.sampling.SampleFile;
import org.tensorflow.ndarray.Shape;

class LatentsTest {
  private static final FlowSettings SETTINGS = new FlowSettings(1e-5, Weights.EMA);
  @TempDir Path folder;

  private Latents latents() {
    var data = new NormalData(Shape.of(2), Optional.empty());
    return new Latents(NormalData.recipe(2), data, new RunFolder(folder));
  }

  private Path input(float... x) {
    Path file = folder.resolve("in");
    var writer = new TensorFile.Writer(file, Map.of());
    writer.add("x", Shape.of(x.length / 2, 2), () -> x);
    writer.write();
    return file;
  }

  private NewOutput output() {
    return new NewOutput(folder.resolve("out"), true);
  }

  private float[] written() {
    return TensorFile.open(folder.resolve("out")).floats("x");
  }

  @Test
  void encodingAndDecodingFollowTheFlow() {
    float[] x = {1, 0, 0, 2, -1, 0.5f};
    Path input = input(x);
    var trip = latents().encode(input, output(), SETTINGS, Progress.NONE);
    assertArrayEquals(x, written(), 1e-4f);
    assertEquals(3, trip.count());
    assertEquals(2, trip.checked());
    assertEquals(0, trip.largest(), 1e-4);
    assertEquals(3, latents().decode(input, output(), SETTINGS, Progress.NONE).count());
    assertArrayEquals(x, written(), 1e-4f);
  }

  @Test
  void labelsGoAlong() {
    var data = new NormalData(Shape.of(2), Optional.empty(), 10);
    var labelled = new Latents(NormalData.recipe(2), data, new RunFolder(folder));
    Path input = folder.resolve("labelled");
    Map<String, Shape> integers = Map.of("labels", Shape.of(3));
    try (var stream = new TensorStream(input, Map.of(), Map.of("x", Shape.of(3, 2)), integers)) {
      stream.write("x", new float[] {1, 0, 0, 2, -1, 0.5f});
      stream.write("labels", new int[] {7, -1, 2});
      stream.finish();
    }
    labelled.encode(input, output(), SETTINGS, Progress.NONE);
    TensorFile encoded = TensorFile.open(folder.resolve("out"));
    assertEquals("I32", encoded.type("labels"));
    assertArrayEquals(new double[] {7, -1, 2}, encoded.numbers("labels", 0, 3));
    var back = new NewOutput(folder.resolve("back"), false);
    labelled.decode(encoded.path(), back, SETTINGS, Progress.NONE);
    assertArrayEquals(
        new double[] {7, -1, 2}, TensorFile.open(back.path()).numbers("labels", 0, 3));
    labelled.interpolate(input, output(), 4, SETTINGS, Progress.NONE);
    assertArrayEquals(
        new double[] {7, 7, -1, -1, -1, -1, 2, 2},
        TensorFile.open(folder.resolve("out")).numbers("labels", 0, 8));
  }

  @Test
  void whatSamplingKeepsWillDo() throws IOException {
    var data = new NormalData(Shape.of(2), Optional.empty(), 2);
    var run = new RunFolder(folder);
    Files.createDirectory(run.samples());
    var classifiers = new Classifiers(PluginCatalogue.of(List.of()), data);
    float[] x = {1, 0, 0, 2, -1, 0.5f};
    var recipe = NormalData.recipe(2);
    var labels = NormalData.labels(recipe, data);
    var generator = new Generator(recipe, data, run, classifiers, labels);
    Path samples;
    try (SampleFile file = generator.file(3, 0, Optional.empty(), "heun", Map.of())) {
      file.take(x, 3);
      samples = file.finish();
    }
    new Latents(NormalData.recipe(2), data, run).encode(samples, output(), SETTINGS, Progress.NONE);
    assertArrayEquals(x, written(), 1e-4f);
    assertArrayEquals(
        new double[] {0, 1, 0}, TensorFile.open(folder.resolve("out")).numbers("labels", 0, 3));
  }

  @Test
  void interpolationFollowsGreatCircles() {
    Path input = input(1, 0, 0, 1, 0, 3);
    assertEquals(2, latents().interpolate(input, output(), 3, SETTINGS, Progress.NONE));
    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(new float[] {1, 0, half, half, 0, 1, 0, 1, 0, 2, 0, 3}, written(), 1e-4f);
  }

  @Test
  void oneExampleHasNoWay() {
    Path input = input(1, 0);
    assertThrows(
        BadInput.class, () -> latents().interpolate(input, output(), 3, SETTINGS, Progress.NONE));
  }
}
