package org.score4j.loss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.score4j.api.ReferenceWeight;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.format.TensorFile;
import org.tensorflow.ndarray.Shape;

/** Numbers of score_sde_pytorch, in its order of axes. */
record PeerTensors(TensorFile file) {
  private static final double FLOORS = 20;

  static PeerTensors open(String name) {
    try {
      return new PeerTensors(
          TensorFile.open(Path.of(PeerTensors.class.getResource(name + ".safetensors").toURI())));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Twenty times the peer's own float32 noise. */
  static double tolerance(String key) {
    var floors = new Properties();
    try (var in = PeerTensors.class.getResourceAsStream("peer-floors.properties")) {
      floors.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FLOORS * Double.parseDouble(floors.getProperty(key));
  }

  /** A float32 tensor, widened. */
  double[] wide(String name) {
    float[] values = file.floats(name);
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** A number, float64. */
  double number(String name) {
    return file.doubles(name)[0];
  }

  /** Shape [H, W, C] of the images of a tensor [..., C, H, W]. */
  Shape image(String name) {
    long[] s = file.shape(name).asArray();
    int n = s.length;
    return Shape.of(s[n - 2], s[n - 1], s[n - 3]);
  }

  /** Images [..., C, H, W] as [..., H, W, C]. */
  float[] images(String name) {
    float[] values = file.floats(name);
    Shape image = image(name);
    int channels = (int) image.get(2);
    int pixels = (int) (image.get(0) * image.get(1));
    float[] ordered = new float[values.length];
    int i = 0;
    for (int b = 0; b < values.length / (channels * pixels); b++) {
      for (int c = 0; c < channels; c++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          ordered[(b * pixels + pixel) * channels + c] = values[i++];
        }
      }
    }
    return ordered;
  }

  ByteBuffer batch() {
    float[] x = images("x");
    ByteBuffer bytes = ByteBuffer.allocateDirect(4 * x.length).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(x);
    return bytes;
  }

  /** Gives a program the peer's weights, and their average the same. */
  static void start(
      TrainingProgram program, Path folder, Path peer, List<ReferenceWeight> weights) {
    Path fresh = folder.resolve("fresh.safetensors");
    program.save(fresh, Map.of());
    var own = TensorFile.open(fresh);
    var theirs = TensorFile.open(peer);
    Map<String, ReferenceWeight> byPath = new HashMap<>();
    weights.forEach(w -> byPath.put(w.path(), w));
    Path started = folder.resolve("started.safetensors");
    var writer = new TensorFile.Writer(started, Map.of());
    for (String name : own.names()) {
      Shape shape = own.shape(name);
      float[] values =
          name.startsWith("optimizer/")
              ? own.floats(name)
              : byPath.get(name.substring(name.indexOf('/') + 1)).values(theirs::floats, shape);
      writer.add(name, shape, () -> values);
    }
    writer.write();
    program.load(TensorFile.open(started));
  }

  /**
   * The largest difference of one of the peer's tensors from the part of ours that stands for it.
   *
   * @param name of the peer's tensor in this file, ending with that of the parameter
   * @param ours our file, and the prefix of our parameters there
   * @param scale of our values
   */
  double difference(
      String name,
      String parameter,
      List<ReferenceWeight> weights,
      TensorFile ours,
      String prefix,
      double scale) {
    var weight =
        weights.stream().filter(w -> w.references().contains(parameter)).findFirst().orElseThrow();
    float[] theirs = file.floats(name + parameter);
    // Others of a joined tensor stay not-a-number, and tell which part this is.
    float[] unknown = new float[theirs.length];
    Arrays.fill(unknown, Float.NaN);
    Shape shape = ours.shape(prefix + weight.path());
    float[] expected = weight.values(other -> other.equals(parameter) ? theirs : unknown, shape);
    float[] found = ours.floats(prefix + weight.path());
    double worst = 0;
    int compared = 0;
    for (int i = 0; i < found.length; i++) {
      if (!Float.isNaN(expected[i])) {
        worst = Math.max(worst, Math.abs(found[i] * scale - expected[i]));
        compared++;
      }
    }
    return compared == theirs.length ? worst : Double.POSITIVE_INFINITY;
  }
}
