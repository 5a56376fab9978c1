package org.score4j.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeight.Layout;

/**
 * The names that score_sde_pytorch (Song et al. 2021) gives to the weights of a {@link ScoreUnet}:
 * {@code all_modules.n} for the n-th layer in the order in which its forward pass comes to them.
 * Layers without weights count where they double or halve h, and do not where they double or halve
 * a pyramid.
 */
final class ScoreUnetReference {
  private final NcsnPlusPlus options;
  private final boolean attentionAfterEveryBlock;
  private final List<ReferenceWeight> weights = new ArrayList<>();
  private final Set<String> unused = new LinkedHashSet<>();
  private int modules;

  private ScoreUnetReference(ScoreUnet unet) {
    this.options = unet.options();
    this.attentionAfterEveryBlock = unet.attentionAfterEveryBlock();
  }

  /** Every weight of the network for images of that height. */
  static List<ReferenceWeight> of(ScoreUnet unet, int height) {
    var reference = new ScoreUnetReference(unet);
    reference.walk(height);
    return List.copyOf(reference.weights);
  }

  /**
   * Names of tensors that the authors' network has without using them: the embedding of one that is
   * not told the noise level.
   */
  static Set<String> unused(ScoreUnet unet, int height) {
    var reference = new ScoreUnetReference(unet);
    reference.walk(height);
    return Set.copyOf(reference.unused);
  }

  private void walk(int height) {
    int levels = options.multipliers().size();
    if (options.embedding() == LabelEncoding.FOURIER) {
      told(() -> add("embedding/frequencies", Layout.SAME, module() + ".W"));
    }
    if (options.noiseConditional()) {
      layer("embedding/dense0", module());
      layer("embedding/dense1", module());
    }
    layer("input", module());

    int channels = options.channels();
    var skips = new ArrayDeque<Integer>();
    skips.push(channels);
    for (int i = 0; i < levels; i++) {
      String down = "down" + i + "/";
      boolean attends = options.attention().contains(height >> i);
      for (int j = 0; j < options.blocks(); j++) {
        block(down + "block" + j, channels != channelsAt(i));
        channels = channelsAt(i);
        if (attends) {
          attention(down + "attention" + j);
        }
        skips.push(channels);
      }
      if (i < levels - 1) {
        resampling(down + "downsample");
        if (options.progressiveInput() == ProgressiveInput.INPUT_SKIP) {
          layer(down + "combine", module() + ".Conv_0");
          channels *= options.progressiveCombine() == ProgressiveCombine.CAT ? 2 : 1;
        } else if (options.progressiveInput() == ProgressiveInput.RESIDUAL) {
          layer(down + "pyramid", module() + resamplingLayer());
        }
        skips.push(channels);
      }
    }
    block("middle/block0", false);
    attention("middle/attention0");
    block("middle/block1", false);

    for (int i = levels - 1; i >= 0; i--) {
      String up = "up" + i + "/";
      for (int j = 0; j <= options.blocks(); j++) {
        block(up + "block" + j, channels + skips.pop() != channelsAt(i));
        channels = channelsAt(i);
        if (options.attention().contains(height >> i)
            && (attentionAfterEveryBlock || j == options.blocks())) {
          attention(up + "attention" + (attentionAfterEveryBlock ? j : 0));
        }
      }
      outputPyramid(up, i == levels - 1);
      if (i > 0) {
        resampling(up + "upsample");
      }
    }
    if (options.progressive() != ProgressiveOutput.OUTPUT_SKIP) {
      normAndConvolution("output");
    }
  }

  private void outputPyramid(String up, boolean first) {
    switch (options.progressive()) {
      case NONE -> {}
      case OUTPUT_SKIP -> normAndConvolution(up + "output");
      case RESIDUAL -> {
        if (first) {
          normAndConvolution(up + "pyramid");
        } else {
          layer(up + "pyramid", module() + resamplingLayer());
        }
      }
    }
  }

  private void block(String path, boolean projects) {
    String module = module();
    norm(path + "/norm0", module + ".GroupNorm_0");
    layer(path + "/conv0", module + ".Conv_0");
    told(() -> layer(path + "/embedding", module + ".Dense_0"));
    norm(path + "/norm1", module + ".GroupNorm_1");
    layer(path + "/conv1", module + ".Conv_1");
    if (projects && options.residualBlock() == BlockType.DDPM) {
      matrices(path + "/skip", List.of(module + ".NIN_0"));
    } else if (projects) {
      layer(path + "/skip", module + ".Conv_2");
    }
  }

  /** Lists what tells the noise level: among the weights, or among what is not used. */
  private void told(Runnable listing) {
    int before = weights.size();
    listing.run();
    if (!options.noiseConditional()) {
      List<ReferenceWeight> listed = weights.subList(before, weights.size());
      listed.forEach(weight -> unused.addAll(weight.references()));
      listed.clear();
    }
  }

  private void resampling(String path) {
    if (options.residualBlock() == BlockType.BIGGAN) {
      block(path, true);
    } else if (options.resampleWithConvolution()) {
      layer(path, module() + resamplingLayer());
    } else {
      module();
    }
  }

  private void attention(String path) {
    String module = module();
    norm(path + "/norm", module + ".GroupNorm_0");
    matrices(path + "/qkv", List.of(module + ".NIN_0", module + ".NIN_1", module + ".NIN_2"));
    matrices(path + "/out", List.of(module + ".NIN_3"));
  }

  private void normAndConvolution(String path) {
    norm(path + "/norm", module());
    layer(path + "/conv", module());
  }

  private void norm(String path, String name) {
    add(path + "/gamma", Layout.SAME, name + ".weight");
    add(path + "/beta", Layout.SAME, name + ".bias");
  }

  private void layer(String path, String name) {
    add(path + "/kernel", Layout.OIHW, name + ".weight");
    add(path + "/bias", Layout.SAME, name + ".bias");
  }

  /** 1x1 convolutions that the reference computes as products with a matrix. */
  private void matrices(String path, List<String> names) {
    add(path + "/kernel", Layout.MATRIX, names.stream().map(n -> n + ".W").toArray(String[]::new));
    add(path + "/bias", Layout.SAME, names.stream().map(n -> n + ".b").toArray(String[]::new));
  }

  private void add(String path, Layout layout, String... references) {
    weights.add(new ReferenceWeight(List.of(references), path, layout));
  }

  private String module() {
    return "all_modules." + modules++;
  }

  private String resamplingLayer() {
    return options.fir().isEmpty() ? ".Conv_0" : ".Conv2d_0";
  }

  private int channelsAt(int level) {
    return options.channels() * options.multipliers().get(level);
  }
}
