package org.score4j.runner.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.PixelRange;
import org.score4j.api.Progress;
import org.score4j.engine.Divergence;
import org.score4j.engine.TensorFile;
import org.score4j.runner.plugin.BadInput;
import org.tensorflow.ndarray.Shape;

class LikelihoodTest {
  @TempDir Path folder;

  private Likelihood likelihood(NormalData data) {
    return new Likelihood(
        NormalData.recipe(2), new Evaluator.Reference(data), new RunFolder(folder));
  }

  private static LikelihoodRequest request(OptionalLong count, Optional<Divergence.Method> how) {
    return new LikelihoodRequest(
        0, count, 3, new FlowSettings(1e-4, Weights.EMA), Optional.empty(), how, 1);
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
        new LikelihoodRequest(0, one.count(), 3, one.flow(), Optional.empty(), one.divergence(), 4);
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
