package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.Condition;
import org.score4j.api.MixtureComponent;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.ndarray.Shape;

class EnergyTest {
  private static final ScoreModel MLP =
      new Mlp(8, 2, Activation.SWISH, 4, 1, 0, Prediction.NOISE, false);
  private static final ScoreModel UNET =
      new DdpmUnet(
          4,
          List.of(1),
          1,
          List.of(),
          false,
          0,
          Activation.SWISH,
          4,
          true,
          NoiseLabel.LOG_SNR,
          0.01,
          50,
          1000,
          false,
          true,
          0,
          Prediction.NOISE);

  /** Of a standard normal in D dimensions under noise: E = |x|^2 / (2 (alpha^2 + sigma^2)). */
  @Test
  void innerProductOfTheExactScoreOfAGaussianIsItsEnergy() {
    try (var graph = TestGraph.fresh()) {
      var model =
          new Energy(
              new GaussianMixture(
                  List.of(new MixtureComponent(1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0))),
                  false),
              EnergyForm.INNER_PRODUCT);
      var x = graph.constant(Shape.of(2, 3), 1, 2, -2, 0.5f, 0, 4);
      var level = graph.level(0.6, 2);
      var none = Condition.none();
      double variance = 0.36 + 4;
      float[] energy = graph.values(model.energy(graph.scope(), x, level, none));
      assertEquals(9 / (2 * variance), energy[0], 1e-5);
      assertEquals(16.25 / (2 * variance), energy[1], 1e-5);
      float[] noise = graph.values(model.apply(graph.scope(), x, level, none));
      float[] values = graph.values(x);
      for (int i = 0; i < noise.length; i++) {
        assertEquals(2 * values[i] / variance, noise[i], 1e-5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EnergyForm.class)
  void outputIsTheGradientOfTheEnergy(EnergyForm form) {
    try (var graph = TestGraph.scrambled()) {
      var model = new Energy(MLP, form);
      float sigma = 0.7f;
      float[] at = {0.3f, -1.2f, 0.8f};
      double step = 1e-2;
      float[] around = new float[6 * at.length];
      for (int i = 0; i < 6; i++) {
        System.arraycopy(at, 0, around, i * at.length, at.length);
        around[i * at.length + i / 2] += (float) (i % 2 == 0 ? step : -step);
      }
      var level = graph.level(1, sigma);
      var none = Condition.none();
      var energies =
          model.energy(graph.scope(), graph.constant(Shape.of(6, 3), around), level, none);
      var noise = model.apply(graph.scope(), graph.constant(Shape.of(1, 3), at), level, none);
      graph.initialize();
      float[] e = graph.values(energies);
      float[] found = graph.values(noise);
      for (int i = 0; i < at.length; i++) {
        double slope = (e[2 * i] - e[2 * i + 1]) / (2 * step);
        assertEquals(sigma * slope, found[i], 2e-3 * Math.max(1, Math.abs(found[i])));
      }
    }
  }

  /** The Jacobian of a gradient is symmetric; that of a network is not. */
  @ParameterizedTest
  @EnumSource(EnergyForm.class)
  void itsFieldIsConservative(EnergyForm form) {
    assertTrue(asymmetry(UNET) > 0.1);
    assertEquals(0, asymmetry(new Energy(UNET, form)), 5e-3);
    assertEquals(0, asymmetry(new EdmPreconditioned(new Energy(UNET, form), 0.5)), 5e-3);
  }

  /** |J - J^T| / |J| of the model's output, by central differences, in Frobenius norms. */
  private static double asymmetry(ScoreModel model) {
    int size = 4 * 4;
    float step = 0.01f;
    float[] at = TestGraph.normals(size, 5);
    float[] around = new float[2 * size * size];
    for (int i = 0; i < 2 * size; i++) {
      System.arraycopy(at, 0, around, i * size, size);
      around[i * size + i / 2] += i % 2 == 0 ? step : -step;
    }
    try (var graph = TestGraph.scrambled()) {
      var x = graph.constant(Shape.of(2 * size, 4, 4, 1), around);
      var y = model.apply(graph.scope(), x, graph.level(0.8, 0.6), Condition.none());
      graph.initialize();
      float[] values = graph.values(y);
      double[][] jacobian = new double[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          jacobian[i][j] = values[2 * j * size + i] - values[(2 * j + 1) * size + i];
        }
      }
      double difference = 0;
      double total = 0;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          difference += Math.pow(jacobian[i][j] - jacobian[j][i], 2);
          total += Math.pow(jacobian[i][j], 2);
        }
      }
      return Math.sqrt(difference / total);
    }
  }

  @Test
  void examplesDoNotSeeEachOther() {
    try (var graph = TestGraph.scrambled()) {
      var model = new Energy(UNET, EnergyForm.SQUARED_ERROR);
      var none = Condition.none();
      float[] values = TestGraph.normals(32, 3);
      var both = graph.constant(Shape.of(2, 4, 4, 1), values);
      var second = graph.constant(Shape.of(1, 4, 4, 1), Arrays.copyOfRange(values, 16, 32));
      var together =
          model.apply(
              graph.scope(), both, graph.level(new float[] {1, 1}, new float[] {9, 0.2f}), none);
      var alone = model.apply(graph.scope(), second, graph.level(1, 0.2), none);
      graph.initialize();
      assertArrayEquals(
          graph.values(alone), Arrays.copyOfRange(graph.values(together), 16, 32), 1e-5f);
    }
  }

  @ParameterizedTest
  @EnumSource(EnergyForm.class)
  void itsOutputDifferentiatesInTheParameters(EnergyForm form) {
    differentiate(new Energy(MLP, form), Shape.of(2, 3));
  }

  @Test
  void energyOfAUnetDifferentiatesInTheParameters() {
    differentiate(new Energy(UNET, EnergyForm.SQUARED_ERROR), Shape.of(1, 4, 4, 1));
  }

  private static void differentiate(ScoreModel model, Shape shape) {
    try (var graph = TestGraph.scrambled()) {
      var level = graph.level(0.8, 0.6);
      LayerGradientTest.verifyFirst(
          graph, shape, (s, x) -> model.apply(s, x, level, Condition.none()));
    }
  }
}
