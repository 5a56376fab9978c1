package org.score4j.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Initializer;
import org.score4j.engine.device.Device;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ConstantParametersTest {
  private static final Shape PAIR = Shape.of(2);

  @TempDir Path folder;

  private ConstantParameters parameters(long mostBytes) {
    Path file = folder.resolve("checkpoint.safetensors");
    try (var stream = new TensorStream(file, Map.of(), Map.of("ema/a", PAIR, "model/a", PAIR))) {
      stream.write("ema/a", new float[] {1, 2});
      stream.write("model/a", new float[] {3, 4});
      stream.finish();
    }
    var stored = new StoredParameters(() -> TensorFile.open(file), "ema");
    return new ConstantParameters(stored, "model", mostBytes);
  }

  @ParameterizedTest
  @CsvSource({"8, Const", "7, ReadVariableOp"})
  void theCheckpointsValuesWhetherConstantOrTooLarge(long mostBytes, String type) {
    try (var computation = new Computation(0, 0, Device.CPU, Optional.of(parameters(mostBytes)))) {
      Variable a = computation.variable("model/a", PAIR, Initializer.zeros());
      computation.start();
      assertEquals(type, a.value().op().type());
      assertArrayEquals(new float[] {1, 2}, values(computation, a));
    }
  }

  @Test
  void variablesThatAreNotTheModelsStayVariables() {
    try (var computation = new Computation(0, 0, Device.CPU, Optional.of(parameters(8)))) {
      computation.variable("model/a", PAIR, Initializer.zeros());
      Variable other = computation.variable("classifier/a", PAIR, Initializer.ones());
      computation.start();
      assertArrayEquals(new float[] {1, 1}, values(computation, other));
    }
  }

  private static float[] values(Computation computation, Variable variable) {
    try (var result = computation.runner().fetch(variable.value()).run()) {
      float[] values = new float[2];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }
}
