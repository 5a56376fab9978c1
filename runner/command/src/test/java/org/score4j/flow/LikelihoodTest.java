package org.score4j.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.PixelRange;
import org.score4j.api.Progress;
import org.score4j.engine.score.Divergence;
import org.score4j.examples.Reference;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.Weights;
import org.score4j.format.TensorFile;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.NormalData;
import org.score4j.report.RawTensors;
import org.tensorflow.ndarray.Shape;

class LikelihoodTest {
  @TempDir Path folder;

  private Likelihood likelihood(NormalData data) {
    return new Likelihood(NormalData.recipe(2), new Reference(data), new RunFolder(folder));
  }

  private static LikelihoodRequest request(OptionalLong count, Optional<Divergence.Method> how) {
    return new LikelihoodRequest(
        Optional.empty(),
        0,
        count,
        3,
        new FlowSettings(1e-4, Weights.EMA),
        Optional.empty(),
        how,
        1);
  }

  private Optional<NewOutput> output(String name) {
    return Optional.of(new NewOutput(folder.resolve(name), false));
  }

  @Test
  void pointsAreToldInNats() {
    var data = new NormalData(Shape.of(2), Optional.empty());
    var outcome =
        likelihood(data)
            .tell(request(OptionalLong.empty(), Optional.empty()), output("out"), Progress.NONE);
    // Of x = (n, n): ln(2 pi) + n^2, whose mean over 0 to 4 adds 6.
    assertEquals("nats", outcome.unit());
    assertEquals(Math.log(2 * Math.PI) + 6, outcome.mean(), 1e-3);
    assertEquals(5, outcome.count());
    TensorFile file = TensorFile.open(folder.resolve("out"));
    assertEquals(-Math.log(2 * Math.PI) - 9, file.floats("log_density")[3], 1e-3);
    assertEquals(0, file.floats("standard_error")[3]);
    assertFalse(file.contains("bits_per_dimension"));
  }

  @Test
  void withoutAnOutputTheMeanIsToldAndNothingIsWritten() throws IOException {
    var data = new NormalData(Shape.of(2), Optional.empty());
    var request = request(OptionalLong.of(3), Optional.empty());
    var outcome = likelihood(data).tell(request, Optional.empty(), Progress.NONE);
    // Of x = (n, n), n from 0 to 2.
    assertEquals(Math.log(2 * Math.PI) + 5.0 / 3, outcome.mean(), 1e-3);
    assertEquals(3, outcome.count());
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  /** Byte 0 in [-1, 1] becomes -1 to -1 + 2/256. */
  @Test
  void imagesAreToldInBitsOfDequantizedPixels() {
    var data = new NormalData(Shape.of(1, 1, 3), Optional.of(PixelRange.CENTERED));
    var outcome =
        likelihood(data)
            .tell(
                request(OptionalLong.of(1), Optional.of(Divergence.Method.RADEMACHER)),
                output("out"),
                Progress.NONE);
    double high = (Math.log(2 * Math.PI) / 2 + 0.5) / Math.log(2) + 7;
    double low = (Math.log(2 * Math.PI) / 2 + Math.pow(1 - 2.0 / 256, 2) / 2) / Math.log(2) + 7;
    assertEquals("bits/dim", outcome.unit());
    assertTrue(outcome.mean() < high && outcome.mean() > low, "found " + outcome.mean());
    float[] bits = TensorFile.open(folder.resolve("out")).floats("bits_per_dimension");
    assertEquals(outcome.mean(), bits[0], 1e-5);
  }

  @Test
  void errorOfOneExampleIsThatOfItsProbes() {
    var data = new NormalData(Shape.of(1, 1, 3), Optional.of(PixelRange.UNIT));
    var one = request(OptionalLong.of(1), Optional.of(Divergence.Method.GAUSSIAN));
    assertEquals(
        OptionalDouble.empty(),
        likelihood(data).tell(one, output("one"), Progress.NONE).standardError());
    var several =
        new LikelihoodRequest(
            Optional.empty(), 0, one.count(), 3, one.flow(), Optional.empty(), one.divergence(), 4);
    var outcome = likelihood(data).tell(several, output("several"), Progress.NONE);
    float ofProbes = TensorFile.open(folder.resolve("several")).floats("standard_error")[0];
    assertEquals(
        ofProbes / 3 / Math.log(2), outcome.standardError().orElseThrow(), 1e-6 * ofProbes);
  }

  /** Of the examples n: n^2 nats and a constant, whose variance over 0 to 4 is 43.5. */
  @Test
  void errorOfTheMeanIsThatOfTheSpread() {
    var data = new NormalData(Shape.of(2), Optional.empty());
    var outcome =
        likelihood(data)
            .tell(request(OptionalLong.empty(), Optional.empty()), output("out"), Progress.NONE);
    assertEquals(Math.sqrt(43.5 / 5), outcome.standardError().orElseThrow(), 1e-3);
  }

  @Test
  void anInterruptedCommandGoesOn() {
    var data = new NormalData(Shape.of(1, 1, 3), Optional.of(PixelRange.UNIT));
    var request = request(OptionalLong.empty(), Optional.of(Divergence.Method.GAUSSIAN));
    Progress interruption =
        (done, total) -> {
          if (3 * done > total) {
            throw new CancellationException();
          }
        };
    assertThrows(
        CancellationException.class,
        () -> likelihood(data).tell(request, output("out"), interruption));
    var outcome = likelihood(data).tell(request, output("out"), Progress.NONE);
    assertEquals(2, outcome.resumed());
    likelihood(data).tell(request, output("whole"), Progress.NONE);
    assertArrayEquals(
        TensorFile.open(folder.resolve("whole")).floats("log_density"),
        TensorFile.open(folder.resolve("out")).floats("log_density"));
    assertTrue(Files.notExists(folder.resolve("out.partial")));
  }

  @Test
  void nothingIsUsedOfADamagedOrForeignPartialFile() throws IOException {
    var data = new NormalData(Shape.of(1, 1, 3), Optional.of(PixelRange.UNIT));
    var request = request(OptionalLong.empty(), Optional.of(Divergence.Method.GAUSSIAN));
    likelihood(data).tell(request, output("whole"), Progress.NONE);
    Path partial = folder.resolve("out.partial");
    byte[] flipped = Files.readAllBytes(folder.resolve("whole"));
    flipped[flipped.length - 2] ^= 1;
    int kept = 0;
    for (byte[] found :
        new byte[][] {flipped, "a list of mine".getBytes(StandardCharsets.UTF_8), {}}) {
      Files.write(partial, found);
      Files.deleteIfExists(folder.resolve("out"));
      assertEquals(0, likelihood(data).tell(request, output("out"), Progress.NONE).resumed());
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("whole")), Files.readAllBytes(folder.resolve("out")));
      kept++;
      String name = "out.partial.damaged" + (kept == 1 ? "" : "-" + kept);
      assertArrayEquals(found, Files.readAllBytes(folder.resolve(name)));
    }
  }

  @Test
  void whatAnotherCommandLeftIsKeptAndNotCalledDamaged() throws IOException {
    var data = new NormalData(Shape.of(1, 1, 3), Optional.of(PixelRange.UNIT));
    var gaussian = request(OptionalLong.empty(), Optional.of(Divergence.Method.GAUSSIAN));
    likelihood(data).tell(gaussian, output("whole"), Progress.NONE);
    byte[] found = Files.readAllBytes(folder.resolve("whole"));
    Files.write(folder.resolve("out.partial"), found);
    var exact = request(OptionalLong.empty(), Optional.of(Divergence.Method.EXACT));
    assertEquals(0, likelihood(data).tell(exact, output("out"), Progress.NONE).resumed());
    assertArrayEquals(found, Files.readAllBytes(folder.resolve("out.partial.other")));
  }

  private Likelihood.Outcome ofFile(NormalData own, RawTensors input) throws IOException {
    Path file = input.write(folder.resolve("in.safetensors"));
    var request = request(OptionalLong.empty(), Optional.of(Divergence.Method.EXACT));
    var of =
        new LikelihoodRequest(
            Optional.of(file),
            0,
            request.count(),
            3,
            request.flow(),
            Optional.empty(),
            request.divergence(),
            1);
    return likelihood(own)
        .tell(of, Optional.of(new NewOutput(folder.resolve("of-file"), true)), Progress.NONE);
  }

  /** Of x: ln(2 pi) / 2 + x^2 / 2 for each number. */
  @Test
  void dataOfAFileAreReportedInNats() throws IOException {
    var own = new NormalData(Shape.of(2), Optional.empty());
    var input = new RawTensors().with("x", "F64", List.of(3, 2), 0, 0, 1, 2, -3, 0);
    var outcome = ofFile(own, input);
    assertEquals("nats", outcome.unit());
    assertEquals(3, outcome.count());
    float[] found = TensorFile.open(folder.resolve("of-file")).floats("log_density");
    double[] squares = {0, 5, 9};
    for (int i = 0; i < 3; i++) {
      assertEquals(-Math.log(2 * Math.PI) - squares[i] / 2, found[i], 1e-3);
    }
  }

  /** Bytes, numbers in the range in either layout, and samples beyond it are the same images. */
  @Test
  void imagesOfAFileAreReportedInBitsWhateverTheirForm() throws IOException {
    var own = new NormalData(Shape.of(1, 2, 3), Optional.of(PixelRange.CENTERED));
    var shape = List.of(1, 1, 2, 3);
    double[] x = {-1, 1, 1, -1, -1, 1};
    double bytes =
        ofFile(own, new RawTensors().with("x", "U8", shape, 0, 255, 255, 0, 0, 255)).mean();
    double numbers = ofFile(own, new RawTensors().with("x", "F32", shape, x)).mean();
    double first =
        ofFile(
                own,
                new RawTensors().with("x_nchw", "F32", List.of(1, 3, 1, 2), -1, -1, 1, -1, 1, 1))
            .mean();
    double beyond =
        ofFile(
                own,
                new RawTensors().with("samples", "F32", shape, -1.2, 1.1, 1, -1.01, -0.999, 1.5))
            .mean();
    assertEquals("bits/dim", ofFile(own, new RawTensors().with("x", "F32", shape, x)).unit());
    assertEquals(bytes, numbers);
    assertEquals(bytes, first);
    assertEquals(bytes, beyond);
  }

  @Test
  void aFileOfOtherDataIsRefused() throws IOException {
    var images = new NormalData(Shape.of(1, 2, 3), Optional.of(PixelRange.CENTERED));
    assertRefused(
        "example 1 has a pixel of value 255.0, expected -1.0 to 1.0 as the run's images have, or"
            + " bytes (U8)",
        images,
        new RawTensors().with("x", "F32", List.of(2, 1, 2, 3), 0, 0, 0, 0, 0, 0, 255));
    assertRefused(
        "x: has shape [2, 3], expected x of shape [B, 1, 2, 3], or x_nchw of shape [B, 3, 1, 2]",
        images,
        new RawTensors().with("x", "F32", List.of(2, 3), 0));
    var points = new NormalData(Shape.of(2), Optional.empty());
    assertRefused(
        "x[0, 1] is NaN, expected a finite float32",
        points,
        new RawTensors().with("x", "F32", List.of(1, 2), 0, Double.NaN));
    assertRefused(
        "x: has type U8, expected F32 or F64",
        points,
        new RawTensors().with("x", "U8", List.of(1, 2), 0));
    assertRefused(
        "labels[1] is 3, expected a class from 0 to 2, or -1 for any",
        new NormalData(Shape.of(2), Optional.empty(), 3),
        new RawTensors()
            .with("x", "F32", List.of(2, 2), 0)
            .with("labels", "I32", List.of(2), 0, 3));
  }

  private void assertRefused(String fault, NormalData own, RawTensors input) {
    BadInput refused = assertThrows(BadInput.class, () -> ofFile(own, input));
    assertEquals(folder.resolve("in.safetensors") + ": " + fault, refused.getMessage());
  }

  @Test
  void whatCannotBeToldIsRefused() {
    var data = new NormalData(Shape.of(28, 28, 1), Optional.of(PixelRange.UNIT));
    var exact = request(OptionalLong.of(1), Optional.of(Divergence.Method.EXACT));
    var refused =
        assertThrows(
            BadInput.class, () -> likelihood(data).tell(exact, output("out"), Progress.NONE));
    assertTrue(refused.getMessage().startsWith("--divergence: "), refused.getMessage());
    var many = request(OptionalLong.of(6), Optional.empty());
    var tooMany =
        assertThrows(
            BadInput.class, () -> likelihood(data).tell(many, output("out"), Progress.NONE));
    assertTrue(tooMany.getMessage().contains("0 to 4"), tooMany.getMessage());
  }
}
