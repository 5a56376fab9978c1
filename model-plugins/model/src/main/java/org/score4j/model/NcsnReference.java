package org.score4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeight.Layout;

/**
 * Names of the parameters of a {@link RefineNet} in the state dictionaries of score_sde_pytorch
 * (models {@code ncsn}, {@code ncsnv2_64}, {@code _128} and {@code _256}) and of the codes that
 * came with the papers, ermongroup/ncsn and ermongroup/ncsnv2. Prefixes end in their separator.
 */
final class NcsnReference {
  // The sixth stage came later: its numbers stand between 3 and its neighbour.
  private static final List<Integer> SIX_STAGES = List.of(1, 2, 3, 31, 4, 5);
  private static final List<Integer> SIX_REFINEMENTS = List.of(5, 4, 3, 31, 2, 1);

  private static final List<List<Integer>> STAGES =
      List.of(List.of(1, 2, 2, 2), List.of(1, 2, 2, 4, 4), List.of(1, 2, 2, 2, 4, 4));

  private final boolean conditional;
  private final List<String> normParameters;
  private final List<ReferenceWeight> weights = new ArrayList<>();

  /**
   * A list with nothing in it yet.
   *
   * @param conditional whether all normalisations are conditional; otherwise they are not, and
   *     refining blocks have none
   * @param normParameters of one that is not
   */
  NcsnReference(boolean conditional, List<String> normParameters) {
    this.conditional = conditional;
    this.normParameters = normParameters;
  }

  /** The same with InstanceNorm++. */
  NcsnReference(boolean conditional) {
    this(conditional, NcsnNormalization.INSTANCE_NORM_PLUS.parameters());
  }

  /** All parameters of a network of that many stages with conditional normalisations. */
  static List<ReferenceWeight> conditional(int stages) {
    return of(stages, new NcsnReference(true));
  }

  /** All parameters of a network of that many stages. */
  static List<ReferenceWeight> of(int stages, NcsnNormalization normalization) {
    return of(stages, new NcsnReference(false, normalization.parameters()));
  }

  private static List<ReferenceWeight> of(int stages, NcsnReference all) {
    all.convolution("input/", "begin_conv.", true);
    for (int i = 0; i < stages; i++) {
      boolean dilated = i >= stages - 2;
      String reference = "res" + (stages == 6 ? SIX_STAGES.get(i) : i + 1) + ".";
      all.block("stage" + i + "/block0/", reference + "0.", i > 0, dilated);
      all.block("stage" + i + "/block1/", reference + "1.", false, dilated);
    }
    for (int i = stages - 1; i >= 0; i--) {
      String reference = "refine" + (stages == 6 ? SIX_REFINEMENTS.get(i) : stages - i) + ".";
      all.refine("refine" + i + "/", reference, i == stages - 1 ? 1 : 2, i == 0 ? 3 : 1);
    }
    all.normalization("output/norm/", "normalizer.");
    all.convolution("output/conv/", "end_conv.", true);
    return all.weights();
  }

  /** Keys with values that the authors' networks do not have: of stages, and of activations. */
  static Map<String, String> authorsValues(List<Integer> multipliers, Activation activation) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!STAGES.contains(multipliers)) {
      values.put("multipliers", "one of " + STAGES);
    }
    if (activation == Activation.SOFTPLUS || activation == Activation.TANH) {
      values.put("activation", "\"elu\"");
    }
    return values;
  }

  List<ReferenceWeight> weights() {
    return List.copyOf(weights);
  }

  NcsnReference block(String path, String reference, boolean down, boolean dilated) {
    String pooled = down && !dilated ? "conv." : "";
    normalization(path + "norm0/", reference + "normalize1.");
    convolution(path + "conv0/", reference + "conv1.", true);
    normalization(path + "norm1/", reference + "normalize2.");
    convolution(path + "conv1/", reference + "conv2." + pooled, true);
    return down ? convolution(path + "skip/", reference + "shortcut." + pooled, true) : this;
  }

  NcsnReference refine(String path, String reference, int paths, int outputUnits) {
    for (int i = 0; i < paths; i++) {
      units(path + "adapt" + i + "/", reference + "adapt_convs." + i + ".", 2);
    }
    if (paths > 1) {
      links(path + "fuse/", reference + "msf.", true);
    }
    links(path + "pool/", reference + "crp.", false);
    return units(path + "output/", reference + "output_convs.", outputUnits);
  }

  NcsnReference units(String path, String reference, int units) {
    for (int i = 0; i < units; i++) {
      for (int j = 0; j < 2; j++) {
        String at = path + "unit" + i + "/";
        String there = reference + (i + 1) + "_" + (j + 1) + "_";
        condition(at + "norm" + j + "/", there + "norm.");
        convolution(at + "conv" + j + "/", there + "conv.", false);
      }
    }
    return this;
  }

  /** The two convolutions of a fusion or of chained pooling. */
  NcsnReference links(String path, String reference, boolean biased) {
    for (int i = 0; i < 2; i++) {
      condition(path + "norm" + i + "/", reference + "norms." + i + ".");
      convolution(path + "conv" + i + "/", reference + "convs." + i + ".", biased);
    }
    return this;
  }

  NcsnReference convolution(String path, String reference, boolean biased) {
    weights.add(new ReferenceWeight(reference + "weight", path + "kernel", Layout.OIHW));
    return biased ? same(path + "bias", reference + "bias") : this;
  }

  NcsnReference normalization(String path, String reference) {
    if (conditional) {
      return condition(path, reference);
    }
    normParameters.forEach(name -> same(path + name, reference + name));
    return this;
  }

  private NcsnReference condition(String path, String reference) {
    return conditional ? same(path + "embedding", reference + "embed.weight") : this;
  }

  private NcsnReference same(String path, String reference) {
    weights.add(new ReferenceWeight(reference, path, Layout.SAME));
    return this;
  }
}
