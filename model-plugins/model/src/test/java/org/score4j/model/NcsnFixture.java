package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.score4j.engine.TensorFile;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Inputs, weights and float64 outputs of score_sde_pytorch, images and kernels in its order of
 * axes.
 */
record NcsnFixture(TensorFile file) {
  private static final double FLOORS = 20;

  static NcsnFixture open(String name) {
    try {
      return new NcsnFixture(TensorFile.open(Path.of(NcsnFixture.class.getResource(name).toURI())));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Images [B, C, H, W] of the file as [B, H, W, C]. */
  Operand<TFloat32> images(TestGraph graph, String name) {
    long[] s = file.shape(name).asArray();
    double[] from = widened(file.floats(name));
    float[] values = new float[from.length];
    double[] ordered = channelsLast(from, s);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ordered[i];
    }
    return graph.constant(Shape.of(s[0], s[2], s[3], s[1]), values);
  }

  /**
   * Holds y [B, H, W, C] against the file's {@code output}.
   *
   * @param weights where the file has each of the graph's parameters; all of both
   * @param prefix what all names of weights start with in the file
   * @param floor largest difference of score_sde_pytorch's own float32 output
   * @return the largest difference in units of the floor
   */
  double verify(
      TestGraph graph,
      Operand<TFloat32> y,
      List<ReferenceWeight> weights,
      String prefix,
      String output,
      double floor) {
    Set<String> inFile =
        file.names().stream()
            .filter(n -> n.startsWith(prefix))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        inFile,
        weights.stream()
            .flatMap(w -> w.sources().stream())
            .map(source -> prefix + source)
            .collect(Collectors.toCollection(TreeSet::new)));
    assertEquals(
        new TreeSet<>(graph.parameters().keySet()),
        weights.stream().map(ReferenceWeight::path).collect(Collectors.toCollection(TreeSet::new)));

    var open = new ArrayList<TFloat32>();
    graph.initialize();
    var runner = graph.runner().fetch(y);
    for (var weight : weights) {
      var parameter = graph.parameters().get(weight.path());
      var shape = parameter.shape();
      float[] values = weight.values(source -> file.floats(prefix + source), shape);
      open.add(TestGraph.tensor(shape, values));
      runner.feed(parameter, open.get(open.size() - 1));
    }
    double worst = 0;
    try (var result = runner.run()) {
      double[] expected = channelsLast(file.doubles(output), file.shape(output).asArray());
      float[] found = TestGraph.flat((TFloat32) result.get(0));
      assertEquals(expected.length, found.length);
      for (int i = 0; i < found.length; i++) {
        worst = Math.max(worst, Math.abs(found[i] - expected[i]));
      }
    } finally {
      open.forEach(TFloat32::close);
    }
    assertTrue(worst <= FLOORS * floor, output + " is off by " + worst / floor + " noise floors");
    return worst / floor;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static double[] channelsLast(double[] values, long[] s) {
    double[] ordered = new double[values.length];
    int i = 0;
    for (int b = 0; b < s[0]; b++) {
      for (int c = 0; c < s[1]; c++) {
        for (int pixel = 0; pixel < s[2] * s[3]; pixel++) {
          ordered[(int) ((b * s[2] * s[3] + pixel) * s[1] + c)] = values[i++];
        }
      }
    }
    return ordered;
  }
}
