package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.score4j.api.Prediction;
import org.score4j.api.Sde;

/** What of a network's keys score_sde_pytorch has otherwise. */
class AuthorsCodeTest {
  private static final Sde EXPLODING = new Process(1, 1);
  private static final Sde PRESERVING = new Process(1e-3, 1);
  private static final Sde OF_STEPS = new Process(1e-3, 1000);

  /** A process by how it ends. */
  private record Process(double signal, double endTime) implements Sde {
    @Override
    public double drift(double t) {
      return 0;
    }

    @Override
    public double diffusion(double t) {
      return 1;
    }

    @Override
    public double alpha(double t) {
      return signal;
    }

    @Override
    public double sigma(double t) {
      return t;
    }

    @Override
    public double startTime() {
      return 0;
    }
  }

  private static Sde trained(NoiseLabel label) {
    return switch (label) {
      case SIGMA, LEVEL -> EXPLODING;
      case STEP -> OF_STEPS;
      default -> PRESERVING;
    };
  }

  @Test
  void publishedNetworksAreTheAuthors() {
    for (var preset : DdpmUnetPreset.values()) {
      DdpmUnet network = preset.get();
      Map<String, String> expected =
          network.attentionAfterEveryBlock()
              ? Map.of("attentionAfterEveryBlock", "false")
              : Map.of();
      assertEquals(expected, network.authorsValues(trained(network.label())), preset::name);
    }
    for (var preset : DdpmPlusPlusPreset.values()) {
      DdpmPlusPlus network = preset.get();
      assertEquals(Map.of(), network.authorsValues(trained(network.label())), preset::name);
    }
    for (var preset : NcsnPlusPlusPreset.values()) {
      NcsnPlusPlus network = preset.get();
      assertEquals(Map.of(), network.authorsValues(trained(network.label())), preset::name);
    }
    for (var preset : NcsnV2Preset.values()) {
      assertEquals(Map.of(), preset.get().authorsValues(EXPLODING), preset::name);
    }
    assertEquals(Map.of(), new Ncsn().authorsValues(EXPLODING));
  }

  @Test
  void ourDefaultsAreNot() {
    assertEquals(Map.of("label", "\"time\""), new DdpmUnet().authorsValues(PRESERVING));
    assertEquals(Map.of("label", "\"step\""), new DdpmPlusPlus().authorsValues(OF_STEPS));
    assertEquals(
        Map.of("label", "\"time\"", "scaleBySigma", "false", "prediction", "\"noise\""),
        new NcsnPlusPlus().authorsValues(PRESERVING));
    assertEquals(
        Map.of("type", "\"ncsn++\" for this process"), new DdpmPlusPlus().authorsValues(EXPLODING));
  }

  @Test
  void groupsAndActivationsOfOursAreNamed() {
    assertEquals(
        Map.of("groupSize", "1", "activation", "\"swish\""),
        unet(64, 4, Activation.TANH).authorsValues(PRESERVING));
    assertEquals(Map.of(), unet(64, 2, Activation.ELU).authorsValues(PRESERVING));
    assertEquals(
        Map.of("channels", "a multiple of 32"),
        unet(48, 1, Activation.SWISH).authorsValues(PRESERVING));
  }

  @Test
  void stagesOfRefineNetsThatNobodyPublishedAreNamed() {
    assertEquals(
        Map.of("multipliers", "one of [[1, 2, 2, 2], [1, 2, 2, 4, 4], [1, 2, 2, 2, 4, 4]]"),
        new NcsnV2(8, List.of(1, 2, 2), Activation.ELU, false).authorsValues(EXPLODING));
  }

  @Test
  void theEpsilonThatTheAuthorsMistookIsNamed() {
    assertEquals(
        Map.of("outputEpsilon", "the number of its noise levels"),
        new NcsnV2(
                8,
                List.of(1, 2, 2, 2),
                Activation.ELU,
                false,
                NcsnNormalization.INSTANCE_NORM,
                1e-5)
            .authorsValues(EXPLODING));
  }

  private static DdpmUnet unet(int channels, int groupSize, Activation activation) {
    return new DdpmUnet(
        channels,
        List.of(1, 2),
        1,
        List.of(),
        false,
        0,
        activation,
        groupSize,
        true,
        NoiseLabel.TIME,
        0.01,
        50,
        1000,
        false,
        true,
        0,
        Prediction.NOISE);
  }
}
