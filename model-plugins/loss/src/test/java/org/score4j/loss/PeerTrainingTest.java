package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeights;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.training.Augmentation;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.engine.training.TrainingSettings;
import org.score4j.format.TensorFile;
import org.score4j.model.Activation;
import org.score4j.model.BlockType;
import org.score4j.model.DdpmUnet;
import org.score4j.model.LabelEncoding;
import org.score4j.model.NcsnPlusPlus;
import org.score4j.model.NoiseLabel;
import org.score4j.model.ProgressiveCombine;
import org.score4j.model.ProgressiveInput;
import org.score4j.model.ProgressiveOutput;
import org.score4j.optimizer.Adam;
import org.score4j.sde.Ddpm;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;

/** Losses, gradients and training steps from the peer's weights, times and noise are the peer's. */
class PeerTrainingTest {
  private static final int BATCH = 4;

  /** The peer's trainings. */
  enum Case {
    DDPM_VP("ddpm_a", new VariancePreserving(), 0.9999, Reduction.MEAN) {
      @Override
      ScoreModel model() {
        return ddpm(NoiseLabel.TIME, Prediction.NOISE);
      }
    },

    NCSNPP_VE("ncsnpp_a", new VarianceExploding(), 0.999, Reduction.SUM) {
      @Override
      ScoreModel model() {
        return new NcsnPlusPlus(
            8,
            List.of(1, 2),
            1,
            List.of(8),
            0,
            Activation.SWISH,
            BlockType.BIGGAN,
            true,
            List.of(1.0, 3.0, 3.0, 1.0),
            true,
            ProgressiveOutput.NONE,
            ProgressiveInput.RESIDUAL,
            ProgressiveCombine.SUM,
            LabelEncoding.FOURIER,
            16,
            NoiseLabel.SIGMA,
            0.01,
            50,
            1000,
            true,
            true,
            0,
            Prediction.SCORE);
      }
    };

    private final String network;
    private final Sde sde;
    private final double ema;
    private final Reduction reduction;

    Case(String network, Sde sde, double ema, Reduction reduction) {
      this.network = network;
      this.sde = sde;
      this.ema = ema;
      this.reduction = reduction;
    }

    abstract ScoreModel model();

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @TempDir Path folder;

  private static ScoreModel ddpm(NoiseLabel label, Prediction prediction) {
    return new DdpmUnet(
        32,
        List.of(2, 1),
        1,
        List.of(8),
        false,
        0,
        Activation.SWISH,
        1,
        true,
        label,
        0.01,
        50,
        1000,
        false,
        true,
        0,
        prediction);
  }

  /** The module model holds them for its own tests. */
  private static Path weights(String network) {
    return Path.of(
        "../model/src/test/resources/org/score4j/model", network + ".weights.safetensors");
  }

  private static List<ReferenceWeight> names(ScoreModel model) {
    return ((ReferenceWeights) model).referenceWeights(16);
  }

  /** Steps of one of the peer's trainings, from its weights. */
  private final class Training implements AutoCloseable {
    private final PeerTensors peer;
    private final ScoreModel model;
    private final TrainingProgram program;
    private int row;

    Training(
        PeerTensors peer,
        String network,
        Sde sde,
        ScoreModel model,
        DenoisingScoreMatching loss,
        double[] times,
        double clip,
        double ema) {
      this.peer = peer;
      this.model = model;
      var image = peer.image("x");
      program =
          new TrainingProgram(
              sde,
              model,
              new PeerDraws(loss, times, peer.images("z"), image, () -> row),
              new PeerWarmup(new Adam(), 2),
              new TrainingSettings(BATCH, 0, clip, ema, 0, Augmentation.NONE, Precision.FLOAT32, 0),
              image,
              Optional.empty(),
              0);
      PeerTensors.start(program, folder, weights(network), names(model));
    }

    TrainingProgram.Step step(int row) {
      this.row = row;
      return program.step(row + 1, peer.batch(), new int[BATCH]);
    }

    TensorFile saved() {
      Path path = folder.resolve("saved.safetensors");
      program.save(path, Map.of());
      return TensorFile.open(path);
    }

    @Override
    public void close() {
      program.close();
    }
  }

  private Training training(Case c, DenoisingScoreMatching loss, double clip) {
    var peer = PeerTensors.open("peer-" + c.key());
    return new Training(peer, c.network, c.sde, c.model(), loss, peer.wide("t"), clip, c.ema);
  }

  @ParameterizedTest
  @CsvSource("NCSNPP_VE,1,0")
  void lossAndGradientsAreThePeers(Case c, int likelihood, int mean) {
    var loss =
        new DenoisingScoreMatching(
            likelihood == 1 ? new LikelihoodWeight() : new SigmaSquaredWeight(),
            new UniformTimes(),
            mean == 1 ? Reduction.MEAN : Reduction.SUM);
    String which = "lw" + likelihood + "_rm" + mean;
    try (var training = training(c, loss, 0)) {
      var step = training.step(0);
      verify(training.peer, c, "loss/" + which, step.loss());
      verify(training.peer, c, "gradnorm/" + which, step.gradientNorm());
      if (loss.reduction() == c.reduction) {
        // After the first step the first moment is (1 - beta1) times the gradient.
        verify(training, c, "grad/lw" + likelihood + "/", "optimizer/m/", 1 / (1 - (double) 0.9f));
      }
    }
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "DDPM_VP,0,0",
    "DDPM_VP,0,1",
    "DDPM_VP,1,0",
    "DDPM_VP,1,1",
    "NCSNPP_VE,0,0",
    "NCSNPP_VE,0,1",
    "NCSNPP_VE,1,1"
  })
  void everyLossAndItsGradientsAreThePeers(Case c, int likelihood, int mean) {
    lossAndGradientsAreThePeers(c, likelihood, mean);
  }

  @Test
  void threeStepsAreThePeers() {
    verifyThreeSteps(Case.NCSNPP_VE);
  }

  @Tag("long")
  @Test
  void threeStepsOfAnotherNetworkAreThePeers() {
    verifyThreeSteps(Case.DDPM_VP);
  }

  /** With warm-up, clipping and average. */
  private void verifyThreeSteps(Case c) {
    var loss =
        new DenoisingScoreMatching(new SigmaSquaredWeight(), new UniformTimes(), c.reduction);
    try (var training = training(c, loss, 1)) {
      for (int s = 0; s < 3; s++) {
        String at = "step" + s + "/";
        assertEquals(
            training.peer.number(at + "lr"), new PeerWarmup(new Adam(), 2).rate(s + 1), 1e-18);
        var step = training.step(s);
        verify(training.peer, c, at + "loss", step.loss());
        verify(training.peer, c, at + "clipped_gradnorm", Math.min(1, step.gradientNorm()));
        verify(training, c, at + "param/", "model/", 1);
        verify(training, c, at + "ema/", "ema/", 1);
      }
      verify(training, c, "adam/exp_avg/", "optimizer/m/", 1);
      verify(training, c, "adam/exp_avg_sq/", "optimizer/v/", 1);
    }
  }

  private static void verify(PeerTensors peer, Case c, String name, double found) {
    assertEquals(peer.number(name), found, PeerTensors.tolerance(c.key() + "/" + name), name);
  }

  /** Every parameter of which the peer's file tells. */
  private static void verify(Training training, Case c, String name, String prefix, double scale) {
    var ours = training.saved();
    List<String> compared = new ArrayList<>();
    for (String tensor : training.peer.file().names()) {
      if (tensor.startsWith(name)) {
        String parameter = tensor.substring(name.length());
        double worst =
            training.peer.difference(name, parameter, names(training.model), ours, prefix, scale);
        double tolerance = PeerTensors.tolerance(c.key() + "/" + tensor);
        assertTrue(worst <= tolerance, tensor + " is off by " + worst + " > " + tolerance);
        compared.add(parameter);
      }
    }
    assertTrue(compared.size() >= 5, name + " of " + compared);
  }

  /** The number of a step counts from 0, of a level from the noisiest. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void lossesOfDiscreteTimesAreThePeers(Reduction reduction) {
    int[] labels = {689, 382, 457, 127};
    verifyDiscrete(
        "ddpm_loss",
        new Ddpm(),
        ddpm(NoiseLabel.STEP, Prediction.NOISE),
        reduction,
        IntStream.of(labels).mapToDouble(k -> k + 1).toArray());
    verifyDiscrete(
        "smld_loss",
        new VarianceExploding(),
        ddpm(NoiseLabel.LEVEL, Prediction.SCORE),
        reduction,
        IntStream.of(labels).mapToDouble(k -> (999.0 - k) / 999).toArray());
  }

  private void verifyDiscrete(
      String name, Sde sde, ScoreModel model, Reduction reduction, double[] times) {
    var peer = PeerTensors.open("peer-discrete");
    var loss = new DenoisingScoreMatching(new SigmaSquaredWeight(), new UniformTimes(), reduction);
    try (var training = new Training(peer, "ddpm_a", sde, model, loss, times, 0, 0)) {
      double expected = peer.number(name + (reduction == Reduction.MEAN ? "/rm1" : "/rm0"));
      // Of these there are no float64 values: 20 times half a unit in the last place.
      assertEquals(expected, training.step(0).loss(), 20 * 6e-8 * expected, name);
    }
  }
}
