package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.TensorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A table whose columns have the scales of an age, an income and a ratio. */
class TableOfColumnsTest {
  private static final double[] MEAN = {40, 60_000, 0.5};
  private static final double[] DEVIATION = {10, 20_000, 0.01};
  private static final int ROWS = 1000;

  private static final String RECIPE =
      """
      {
        "data": {"type": "npy", "path": "table.npy"},
        "sde": "vp",
        "model": {"type": "mlp", "width": 32},
        "training": {"steps": 1000, "batchSize": 64, "warmup": 0, "optimizer": {"type": "adam", "learningRate": 0.003},
          "averaging": {"decays": 0.95}},
        "logging": {"previews": 0},
        "sampler": {"type": "heun", "steps": 20},
        "sampling": {"count": 500, "batchSize": 500},
        "evaluation": ["energy-distance"]
      }
      """;

  @TempDir Path folder;

  private void writeTable() throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + ROWS + ", 3), }";
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    var file = ByteBuffer.allocate(10 + text.length + ROWS * 12).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
    file.put(text);
    Random random = new Random(0);
    for (int i = 0; i < ROWS * 3; i++) {
      file.putFloat((float) (MEAN[i % 3] + DEVIATION[i % 3] * random.nextGaussian()));
    }
    Files.write(folder.resolve("table.npy"), file.array());
  }

  @Test
  void samplesAndDensitiesAreInTheTablesUnits() throws IOException {
    writeTable();
    var tiny = new TinyRun(folder);
    String told = tiny.start("run", tiny.file("r.json", RECIPE), "out").with(0).err();
    assertTrue(told.contains("data standardized by column: mean 40."), told);
    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("out/manifest.json")));
    JsonNode deviation = manifest.required("standardization").required("deviation");
    float[] samples =
        TensorFile.open(folder.resolve("out/samples/heun-seed-0-count-500.safetensors"))
            .floats("samples");
    for (int c = 0; c < 3; c++) {
      assertEquals(DEVIATION[c], deviation.get(c).asDouble(), 0.1 * DEVIATION[c]);
      double sum = 0;
      double squares = 0;
      for (int i = c; i < samples.length; i += 3) {
        double z = (samples[i] - MEAN[c]) / DEVIATION[c];
        sum += z;
        squares += z * z;
      }
      assertEquals(0, sum / 500, 0.4, "mean of column " + c);
      assertEquals(1, squares / 500, 0.8, "variance of column " + c);
    }
    assertTrue(new RunFiles(folder.resolve("out")).measured("energy-distance") < 0.2);

    double entropy = 0;
    for (double each : DEVIATION) {
      entropy += Math.log(each) + 0.5 * Math.log(2 * Math.PI * Math.E);
    }
    String nats =
        tiny.command("likelihood", "--run", tiny.run("out"), "--count", 200).with(0).out();
    assertEquals(entropy, Double.parseDouble(nats.split(" ")[0]), 1, nats);
  }
}
