package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Control;
import org.score4j.api.MixtureComponent;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PixelRange;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.format.TensorFile;
import org.score4j.model.GaussianMixture;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Controlled chains of the peer, noise for noise; see README.md beside the numbers. The steps are
 * written out here with the peer's coefficients, for only the control is on trial.
 */
class PeerControlTest {
  private static final int BATCH = 2;
  private static final int CHANNELS = 3;
  private static final int PIXELS = 16;
  private static final int SIZE = BATCH * CHANNELS * PIXELS;
  private static final double SNR = 0.16;

  private final TensorFile file = open();

  private static TensorFile open() {
    try {
      return TensorFile.open(
          Path.of(PeerControlTest.class.getResource("control.safetensors").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inpaint/ve_reverse_diffusion_langevin",
        "inpaint/vp_euler_maruyama_langevin",
        "inpaint/vp_ancestral_sampling_none",
        "colorize/ve_reverse_diffusion_langevin",
        "colorize/vp_euler_maruyama_langevin",
        "colorize/vp_ancestral_sampling_none"
      })
  void statesAreThePeersAndMeansAreRightWhereItsAreNoisy(String chain) {
    boolean colorize = chain.startsWith("colorize");
    Sde sde = chain.contains("/ve") ? new VarianceExploding() : new VariancePreserving();
    Images images = new Images(List.of(0L, 1L));
    Control control =
        colorize
            ? new Colorization(images, Known.RENEWED)
            : new Inpainting(images, new Mask(), Known.RENEWED);
    Deque<float[]> noise = new ArrayDeque<>();
    var inputs =
        new ControlInputs(
            List.of(control),
            PixelRange.UNIT,
            n -> Arrays.copyOfRange(image(colorize), (int) n * SIZE / 2, ((int) n + 1) * SIZE / 2),
            run -> {
              throw new IllegalStateException("no classifier");
            });
    try (var program =
        new SamplingProgram(
            sde,
            mixture(),
            new Chain(chain, noise),
            Shape.of(4, 4, CHANNELS),
            BATCH,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(inputs).with(noise::remove))) {
      float[] init = channelsLast(file.doubles(chain + "/x_init"), 0);
      float[] returned = program.drawFrom(init, 0, 0, n -> 0, Progress.NONE);

      // What is returned is the mean of the last step, and of what is known the truth.
      float[] data = image(colorize);
      double[] expected = lastMean;
      for (int i = 0; i < SIZE; i++) {
        double right =
            colorize
                ? expected[i] - grey(expected, i) + grey(data, i)
                : isKnown(i) ? data[i] : expected[i];
        assertEquals(right, returned[i], 1e-4 * Math.max(1, scale), "number " + i);
      }
    }
    assertTrue(mistake > 0.001, "the peer's mean is noisy: " + mistake);
  }

  private double[] lastMean;
  private double mistake;
  private double scale;

  /** The peer's steps, one after the other, with a look at the state after each. */
  private final class Chain implements Sampler {
    private final String chain;
    private final Deque<float[]> noise;

    Chain(String chain, Deque<float[]> noise) {
      this.chain = chain;
      this.noise = noise;
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      var tf = graph.tf();
      var x = graph.state();
      var level = graph.level("t");
      var score = graph.at(x, level).score();
      var factor = graph.scalar("factor");
      var z = graph.noise();
      var e = tf.math.mul(factor, tf.math.square(tf.math.div(norm(tf, z), norm(tf, score))));
      var langevin =
          graph.kernel(
              "langevin",
              x.set(
                  tf.math.add(
                      tf.math.add(x, tf.math.mul(e, score)),
                      tf.math.mul(tf.math.sqrt(tf.math.mul(e, tf.constant(2f))), z))));
      var a = graph.scalar("a");
      var b = graph.scalar("b");
      var c = graph.scalar("c");
      var mean = tf.math.add(tf.math.mul(a, x), tf.math.mul(b, score));
      var step = graph.kernel("step", x.set(tf.math.add(mean, tf.math.mul(c, graph.noise()))));
      var touch = graph.kernel("touch", List.of(graph.at(x, level).score()));
      var look = graph.kernel("look", List.of(x));
      var saved = graph.register("saved");
      var save = graph.kernel("save", saved.set(x));
      var restore = graph.kernel("restore", x.set(saved));

      boolean corrected = chain.endsWith("langevin");
      int steps = (int) file.shape(chain + "/noise").get(0);
      int numbers = (int) file.shape(chain + "/noise").get(1);
      int replayed = chain.contains("/ve") ? 4 : 3;
      return progress -> {
        for (int i = 0; i < replayed; i++) {
          double t = 1 + i * (1e-5 - 1) / (steps - 1);
          int row = i * numbers;
          if (corrected) {
            noise.add(keeping(graph.sde().level(t), look.run()));
            noise.add(numbers(row));
            langevin.run(level.at(t), factor.is(2 * SNR * SNR * preserved(t, steps, chain)));
          }
          noise.add(known(row + numbers - 3));
          touch.run(level.at(t));
          compare("/x_after_corrector", i, look.run());
          double[] weights = weights(t, steps, chain);
          save.run();
          noise.add(keeping(graph.sde().level(t), look.run()));
          noise.add(numbers(row + numbers - 2));
          noise.add(known(row + numbers - 1));
          step.run(level.at(t), a.is(weights[0]), b.is(weights[1]), c.is(weights[2]));
          touch.run(level.at(t));
          compare("/x_after_predictor", i, look.run());
          if (i == replayed - 1) {
            restore.run();
            noise.add(keeping(graph.sde().level(t), look.run()));
            noise.add(numbers(row + numbers - 2));
            step.run(level.at(t), a.is(weights[0]), b.is(weights[1]), c.is(0));
            lastMean = look.run();
            mistake = mistakeOfThePeer(i);
          }
        }
      };
    }

    /** With which the control before a step changes nothing: the peer's comes after a step. */
    private float[] keeping(NoiseLevel level, double[] x) {
      float[] data = image(chain.startsWith("colorize"));
      float[] numbers = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        numbers[i] = (float) ((x[i] - level.alpha() * data[i]) / level.sigma());
      }
      return numbers;
    }

    /** Standard normal numbers as the peer drew them. */
    private float[] numbers(int row) {
      return channelsLast(file.doubles(chain + "/noise"), row);
    }

    /** Those of the known part: in colorization, of the grey in an orthonormal basis of colors. */
    private float[] known(int row) {
      float[] drawn = numbers(row);
      if (!chain.startsWith("colorize")) {
        return drawn;
      }
      double[] inverse = file.doubles("colorize/invM");
      float[] turned = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        turned[i] = (float) (drawn[i - i % CHANNELS] * inverse[i % CHANNELS]);
      }
      return turned;
    }

    private void compare(String what, int row, double[] actual) {
      float[] expected = channelsLast(file.doubles(chain + what), row);
      for (int i = 0; i < SIZE; i++) {
        scale = Math.max(scale, Math.abs(expected[i]));
      }
      for (int i = 0; i < SIZE; i++) {
        assertEquals(expected[i], actual[i], 1e-4 * scale, what + " " + row + " number " + i);
      }
    }

    /** How far the unknown part of the peer's mean is from the mean. */
    private double mistakeOfThePeer(int row) {
      float[] peers = channelsLast(file.doubles(chain + "/x_mean_after_predictor"), row);
      double largest = 0;
      for (int i = 0; i < SIZE; i++) {
        double difference =
            chain.startsWith("colorize")
                ? peers[i] - grey(peers, i) - lastMean[i] + grey(lastMean, i)
                : isKnown(i) ? 0 : peers[i] - lastMean[i];
        largest = Math.max(largest, Math.abs(difference));
      }
      return largest;
    }
  }

  private static double[] weights(double t, int steps, String chain) {
    int k = (int) Math.floor(t * (steps - 1));
    if (chain.contains("/ve")) {
      double sigma = rung(k, steps);
      double before = k == 0 ? 0 : rung(k - 1, steps);
      double variance = sigma * sigma - before * before;
      return new double[] {1, variance, Math.sqrt(variance)};
    }
    if (chain.contains("ancestral")) {
      double b = beta((double) k / (steps - 1)) / steps;
      return new double[] {1 / Math.sqrt(1 - b), b / Math.sqrt(1 - b), Math.sqrt(b)};
    }
    double h = beta(t) / steps;
    return new double[] {1 + h / 2, h, Math.sqrt(h)};
  }

  private static double rung(int k, int steps) {
    return 0.01 * Math.pow(5000, (double) k / (steps - 1));
  }

  private static double beta(double t) {
    return 0.1 + 19.9 * t;
  }

  /** The factor alpha of the peer's Langevin step. */
  private static double preserved(double t, int steps, String chain) {
    int k = (int) Math.floor(t * (steps - 1));
    return chain.contains("/ve") ? 1 : 1 - beta((double) k / (steps - 1)) / steps;
  }

  private static Operand<TFloat32> norm(Ops tf, Operand<TFloat32> x) {
    var squares = tf.reduceSum(tf.math.square(x), tf.constant(new int[] {1, 2, 3}));
    return tf.math.mean(tf.math.sqrt(squares), tf.constant(0));
  }

  private float[] image(boolean grey) {
    return channelsLast(file.doubles(grey ? "gray" : "data"), 0);
  }

  private boolean isKnown(int i) {
    return channelsLast(file.doubles("mask"), 0)[i] == 1;
  }

  private static double grey(double[] x, int i) {
    int pixel = i - i % CHANNELS;
    return (x[pixel] + x[pixel + 1] + x[pixel + 2]) / 3;
  }

  private static double grey(float[] x, int i) {
    int pixel = i - i % CHANNELS;
    return ((double) x[pixel] + x[pixel + 1] + x[pixel + 2]) / 3;
  }

  /** One row [B, 3, 4, 4] of a tensor as [B, 4, 4, 3]. */
  private static float[] channelsLast(double[] values, int row) {
    float[] turned = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int channel = i / PIXELS % CHANNELS;
      int pixel = i % PIXELS;
      int example = i / (PIXELS * CHANNELS);
      turned[(example * PIXELS + pixel) * CHANNELS + channel] = (float) values[row * SIZE + i];
    }
    return turned;
  }

  private GaussianMixture mixture() {
    double[] weights = file.doubles("gmm/weights");
    double[] means = file.doubles("gmm/means");
    double[] variances = file.doubles("gmm/vars");
    int size = CHANNELS * PIXELS;
    List<MixtureComponent> components = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      List<Double> mean = new ArrayList<>();
      List<Double> deviation = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int theirs = k * size + i % CHANNELS * PIXELS + i / CHANNELS;
        mean.add(means[theirs]);
        deviation.add(Math.sqrt(variances[theirs]));
      }
      components.add(new MixtureComponent(weights[k], mean, deviation));
    }
    return new GaussianMixture(components);
  }
}
