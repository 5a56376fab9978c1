package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Group normalisation and attention against the same formulas in double on the host. */
class NormalisationTest {

  @Test
  void groupNormAgreesWithDoublePrecisionThoughTheMeanIsLarge() {
    int batch = 2;
    int pixels = 12;
    int channels = 24;
    float[] x = TestGraph.normals(batch * pixels * channels, 3);
    for (int i = 0; i < x.length; i++) {
      x[i] = 100 + 2 * x[i];
    }
    try (var graph = TestGraph.scrambled()) {
      var y =
          new GroupNorm().apply(graph.scope(), graph.constant(Shape.of(batch, 3, 4, channels), x));
      graph.initialize();
      float[] gamma = graph.values(graph.parameters().get("gamma"));
      float[] beta = graph.values(graph.parameters().get("beta"));
      double[] expected = groupNorm(x, batch, pixels, channels, 6, gamma, beta);
      float[] found = graph.values(y);
      for (int i = 0; i < x.length; i++) {
        assertEquals(expected[i], found[i], 2e-5, "element " + i);
      }
    }
  }

  @Test
  void attentionOfTwoHeadsAgreesWithDoublePrecision() {
    int pixels = 6;
    int channels = 8;
    float[] x = TestGraph.normals(pixels * channels, 4);
    try (var graph = TestGraph.scrambled()) {
      var y = new Attention(2).apply(graph.scope(), graph.constant(Shape.of(1, 3, 2, channels), x));
      graph.initialize();
      double[] normal =
          groupNorm(
              x,
              1,
              pixels,
              channels,
              2,
              parameter(graph, "norm/gamma"),
              parameter(graph, "norm/beta"));
      double[] qkv =
          linear(
              normal,
              channels,
              3 * channels,
              parameter(graph, "qkv/kernel"),
              parameter(graph, "qkv/bias"));
      double[] attended = new double[pixels * channels];
      int width = channels / 2;
      for (int head = 0; head < 2; head++) {
        for (int i = 0; i < pixels; i++) {
          double[] weights = new double[pixels];
          double total = 0;
          for (int j = 0; j < pixels; j++) {
            double product = 0;
            for (int c = head * width; c < (head + 1) * width; c++) {
              product += qkv[i * 3 * channels + c] * qkv[j * 3 * channels + channels + c];
            }
            weights[j] = Math.exp(product / Math.sqrt(width));
            total += weights[j];
          }
          for (int c = head * width; c < (head + 1) * width; c++) {
            for (int j = 0; j < pixels; j++) {
              attended[i * channels + c] +=
                  weights[j] / total * qkv[j * 3 * channels + 2 * channels + c];
            }
          }
        }
      }
      double[] out =
          linear(
              attended,
              channels,
              channels,
              parameter(graph, "out/kernel"),
              parameter(graph, "out/bias"));
      float[] found = graph.values(y);
      for (int i = 0; i < x.length; i++) {
        assertEquals(x[i] + out[i], found[i], 1e-5, "element " + i);
      }
    }
  }

  private static float[] parameter(TestGraph graph, String name) {
    return graph.values(graph.parameters().get(name));
  }

  private static double[] linear(double[] x, int from, int to, float[] kernel, float[] bias) {
    int rows = x.length / from;
    double[] y = new double[rows * to];
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < to; j++) {
        double sum = bias[j];
        for (int i = 0; i < from; i++) {
          sum += x[row * from + i] * kernel[i * to + j];
        }
        y[row * to + j] = sum;
      }
    }
    return y;
  }

  private static double[] groupNorm(
      float[] x, int batch, int pixels, int channels, int groups, float[] gamma, float[] beta) {
    double[] y = new double[x.length];
    int each = channels / groups;
    for (int b = 0; b < batch; b++) {
      for (int g = 0; g < groups; g++) {
        double mean = 0;
        double square = 0;
        for (int p = 0; p < pixels; p++) {
          for (int c = g * each; c < (g + 1) * each; c++) {
            mean += x[(b * pixels + p) * channels + c] / (double) (pixels * each);
          }
        }
        for (int p = 0; p < pixels; p++) {
          for (int c = g * each; c < (g + 1) * each; c++) {
            double d = x[(b * pixels + p) * channels + c] - mean;
            square += d * d / (pixels * each);
          }
        }
        for (int p = 0; p < pixels; p++) {
          for (int c = g * each; c < (g + 1) * each; c++) {
            int i = (b * pixels + p) * channels + c;
            y[i] = gamma[c] * (x[i] - mean) / Math.sqrt(square + 1e-6) + beta[c];
          }
        }
      }
    }
    return y;
  }
}
