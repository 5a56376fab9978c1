package org.score4j.sampler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.score4j.api.MixtureComponent;
import org.score4j.format.TensorFile;
import org.score4j.model.GaussianMixture;

/** Numbers of a peer; see README.md beside the files. */
record Fixture(TensorFile file) {

  static Fixture open(String name) {
    try {
      return new Fixture(TensorFile.open(Path.of(Fixture.class.getResource(name).toURI())));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The peer's own rounding noise in float32. */
  static double float32Noise(String chain) {
    Properties noise = new Properties();
    try (InputStream in = Fixture.class.getResourceAsStream("samplers-float32.properties")) {
      noise.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Double.parseDouble(noise.getProperty(chain));
  }

  double[] doubles(String name) {
    return file.doubles(name);
  }

  /** A float64 tensor as the state and its noise are fed. */
  float[] rounded(String name) {
    double[] values = file.doubles(name);
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** The tensors along the first axis, each flattened. */
  List<float[]> rows(String name) {
    float[] all = rounded(name);
    int rows = (int) file.shape(name).get(0);
    int size = all.length / rows;
    List<float[]> parts = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      parts.add(Arrays.copyOfRange(all, i * size, (i + 1) * size));
    }
    return parts;
  }

  /** The data whose score the peer knew. */
  GaussianMixture mixture() {
    double[] weights = doubles("gmm/weights");
    double[] means = doubles("gmm/means");
    double[] variances = doubles("gmm/vars");
    int dimensions = means.length / weights.length;
    List<MixtureComponent> components = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      List<Double> mean = new ArrayList<>();
      List<Double> deviation = new ArrayList<>();
      for (int d = k * dimensions; d < (k + 1) * dimensions; d++) {
        mean.add(means[d]);
        deviation.add(Math.sqrt(variances[d]));
      }
      components.add(new MixtureComponent(weights[k], mean, deviation));
    }
    return new GaussianMixture(components);
  }

  static double largestDifference(double[] expected, float[] actual) {
    double largest = expected.length == actual.length ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
      largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
    }
    return largest;
  }
}
