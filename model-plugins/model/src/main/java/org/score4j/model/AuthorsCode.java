package org.score4j.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.score4j.api.Prediction;
import org.score4j.api.Sde;

/**
 * What score_sde_pytorch computes with a network of {@link NcsnPlusPlus}'s family. There the
 * process decides on the label (999 t, the number of the step, sigma, or the number of the level)
 * and on what the output stands for: the score if variance explodes, the noise if it is preserved.
 * Keys with other values are listed with the ones it has.
 */
final class AuthorsCode {
  private static final int GROUPS = 32;
  private static final Set<Activation> ACTIVATIONS =
      Set.of(Activation.SWISH, Activation.RELU, Activation.LEAKY_RELU, Activation.ELU);

  private final NcsnPlusPlus network;
  private final boolean explodes;
  private final boolean countsSteps;
  private final Map<String, String> values = new LinkedHashMap<>();

  private AuthorsCode(NcsnPlusPlus network, Sde sde) {
    this.network = network;
    explodes = sde.alpha(sde.endTime()) == 1;
    countsSteps = sde.endTime() > 1;
  }

  /**
   * The keys whose values differ.
   *
   * @param smallest fewest channels of a group, as in {@link GroupNorm}
   * @param fixedGroups whether the authors' normalization has 32 groups, rather than as many as
   *     leave four channels in each
   */
  static Map<String, String> values(
      NcsnPlusPlus network, Sde sde, int smallest, boolean fixedGroups) {
    var authors = new AuthorsCode(network, sde);
    authors.activation();
    authors.groups(smallest, fixedGroups);
    authors.label();
    authors.output();
    return authors.values;
  }

  /** The levels of a network that is told their numbers. */
  static List<Double> levels(NcsnPlusPlus network) {
    return network.label() == NoiseLabel.LEVEL
        ? new NoiseLadder(network.sigmaMin(), network.sigmaMax(), network.levels()).levelsDown()
        : List.of();
  }

  private void activation() {
    if (!ACTIVATIONS.contains(network.activation())) {
      values.put("activation", "\"swish\"");
    }
  }

  private void groups(int smallest, boolean fixed) {
    // The input convolution, then the levels.
    int[] widths =
        IntStream.concat(IntStream.of(1), network.multipliers().stream().mapToInt(m -> m))
            .map(m -> m * network.channels())
            .toArray();
    // On the way up norms see the channels of two blocks of the same or neighboring levels.
    int[] all =
        IntStream.range(1, widths.length)
            .flatMap(i -> IntStream.of(widths[i], 2 * widths[i], widths[i] + widths[i - 1]))
            .toArray();
    if (fixed) {
      if (IntStream.of(all).anyMatch(w -> w % GROUPS != 0)) {
        values.put("channels", "a multiple of 32");
      } else if (IntStream.of(all).anyMatch(w -> w / smallest < GROUPS)) {
        values.put("groupSize", "1");
      }
    } else if (IntStream.of(all).anyMatch(w -> w % Math.max(1, Math.min(w / 4, GROUPS)) != 0)) {
      values.put("channels", "a number that its groups divide, such as a multiple of 32");
    }
  }

  private void label() {
    NoiseLabel label = network.label();
    if (network.embedding() == LabelEncoding.FOURIER) {
      if (!explodes && countsSteps) {
        values.put("embedding", "\"positional\"");
        values.put("label", "\"step\"");
      } else if (label != (explodes ? NoiseLabel.SIGMA : NoiseLabel.TIME)) {
        values.put("label", explodes ? "\"sigma\"" : "\"time\"");
      }
    } else if (explodes && label != NoiseLabel.LEVEL) {
      values.put("label", "\"level\"");
    } else if (!explodes && label != (countsSteps ? NoiseLabel.STEP : NoiseLabel.TIME)) {
      values.put("label", countsSteps ? "\"step\"" : "\"time\"");
    }
  }

  private void output() {
    if (!explodes && network.scaleBySigma()) {
      values.put("scaleBySigma", "false");
    }
    Prediction wanted = explodes ? Prediction.SCORE : Prediction.NOISE;
    if (network.prediction() != wanted) {
      values.put("prediction", explodes ? "\"score\"" : "\"noise\"");
    }
  }
}
