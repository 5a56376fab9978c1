package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Properties;
import org.score4j.format.TensorFile;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Tensors of score_sde_pytorch, in its order of axes. */
record PeerFile(TensorFile file) {
  private static final double FLOORS = 20;

  static PeerFile open(String name) {
    try {
      return new PeerFile(
          TensorFile.open(Path.of(PeerFile.class.getResource(name + ".safetensors").toURI())));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How far an output may be off: 20 times the peer's own float32 noise. */
  static double tolerance(String output) {
    var floors = new Properties();
    try (var in = PeerFile.class.getResourceAsStream("unet-floors.properties")) {
      floors.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // What the peer computes without error we need not, but nearly.
    return FLOORS * Math.max(1e-8, Double.parseDouble(floors.getProperty(output)));
  }

  /** A tensor as it is, or an image [B, C, H, W] as [B, H, W, C]. */
  Operand<TFloat32> tensor(TestGraph graph, String name) {
    long[] s = file.shape(name).asArray();
    if (s.length != 4) {
      return graph.constant(Shape.of(s), file.floats(name));
    }
    return graph.constant(Shape.of(s[0], s[2], s[3], s[1]), floats(name));
  }

  /** Numbers of a float64 tensor, images in our order of axes. */
  double[] doubles(String name) {
    long[] shape = file.shape(name).asArray();
    return shape.length == 4 ? channelsLast(file.doubles(name), shape) : file.doubles(name);
  }

  /** Numbers of images in our order of axes. */
  float[] floats(String name) {
    float[] values = file.floats(name);
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    double[] ordered = channelsLast(wide, file.shape(name).asArray());
    for (int i = 0; i < wide.length; i++) {
      values[i] = (float) ordered[i];
    }
    return values;
  }

  /**
   * Holds y against a float64 tensor of this file.
   *
   * @param values of parameters and buffers, by path
   * @param tolerance largest difference
   */
  void verify(
      TestGraph graph,
      Operand<TFloat32> y,
      Map<String, float[]> values,
      String expectedName,
      double tolerance) {
    var open = new ArrayList<TFloat32>();
    graph.initialize();
    var runner = graph.runner().fetch(y);
    var variables = new ArrayList<>(graph.parameters().entrySet());
    variables.addAll(graph.buffers().entrySet());
    for (var variable : variables) {
      float[] given = values.get(variable.getKey());
      open.add(TestGraph.tensor(variable.getValue().shape(), given));
      runner.feed(variable.getValue(), open.get(open.size() - 1));
    }
    try (var result = runner.run()) {
      double[] expected = doubles(expectedName);
      float[] found = TestGraph.flat((TFloat32) result.get(0));
      double worst = found.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
      for (int i = 0; i < Math.min(found.length, expected.length); i++) {
        worst = Math.max(worst, Math.abs(found[i] - expected[i]));
      }
      assertTrue(worst <= tolerance, expectedName + " is off by " + worst + " > " + tolerance);
    } finally {
      open.forEach(TFloat32::close);
    }
  }

  private static double[] channelsLast(double[] values, long[] s) {
    double[] ordered = new double[values.length];
    int pixels = (int) (s[2] * s[3]);
    int i = 0;
    for (int b = 0; b < s[0]; b++) {
      for (int c = 0; c < s[1]; c++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          ordered[(int) ((b * pixels + pixel) * s[1] + c)] = values[i++];
        }
      }
    }
    return ordered;
  }
}
