package org.score4j.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeight.Layout;

/**
 * The names that diffusers gives to the weights of a {@link ScoreUnet} that is also a {@code
 * UNet2DModel}: DDPM's, of plain blocks, and that of NCSN++ for large images, of BigGAN blocks that
 * grow input and output by sums. Every layer there is a Linear or a Conv2d.
 */
final class DiffusersNames {
  private final NcsnPlusPlus options;
  private final boolean skips;
  private final List<ReferenceWeight> weights = new ArrayList<>();

  private DiffusersNames(NcsnPlusPlus options, boolean skips) {
    this.options = options;
    this.skips = skips;
  }

  /** Every weight of the network for images of that height; none if diffusers does not have it. */
  static List<ReferenceWeight> of(ScoreUnet unet, int height) {
    NcsnPlusPlus options = unet.options();
    boolean plain =
        options.residualBlock() == BlockType.DDPM
            && unet.attentionAfterEveryBlock()
            && options.resampleWithConvolution()
            && options.fir().isEmpty()
            && !options.skipRescale()
            && options.progressive() == ProgressiveOutput.NONE
            && options.progressiveInput() == ProgressiveInput.NONE;
    boolean skips =
        options.residualBlock() == BlockType.BIGGAN
            && options.fir().equals(List.of(1.0, 3.0, 3.0, 1.0))
            && options.skipRescale()
            && options.progressive() == ProgressiveOutput.OUTPUT_SKIP
            && options.progressiveInput() == ProgressiveInput.INPUT_SKIP
            && options.progressiveCombine() == ProgressiveCombine.SUM;
    if (!plain && !skips || options.classes() > 0 || !options.noiseConditional()) {
      return List.of();
    }
    var names = new DiffusersNames(options, skips);
    names.walk(height);
    return List.copyOf(names.weights);
  }

  private void walk(int height) {
    int levels = options.multipliers().size();
    if (options.embedding() == LabelEncoding.FOURIER) {
      same("embedding/frequencies", "time_proj.weight");
    }
    layer("embedding/dense0", "time_embedding.linear_1");
    layer("embedding/dense1", "time_embedding.linear_2");
    layer("input", "conv_in");

    int channels = options.channels();
    var concatenated = new ArrayDeque<Integer>();
    concatenated.push(channels);
    for (int i = 0; i < levels; i++) {
      String path = "down" + i + "/";
      String there = "down_blocks." + i + ".";
      for (int j = 0; j < options.blocks(); j++) {
        block(path + "block" + j, there + "resnets." + j, channels != channelsAt(i));
        channels = channelsAt(i);
        if (options.attention().contains(height >> i)) {
          attention(path + "attention" + j, there + "attentions." + j);
        }
        concatenated.push(channels);
      }
      if (i < levels - 1) {
        concatenated.push(channels);
        if (skips) {
          block(path + "downsample", there + "resnet_down", true);
          layer(path + "combine", there + "skip_conv");
        } else {
          layer(path + "downsample", there + "downsamplers.0.conv");
        }
      }
    }

    block("middle/block0", "mid_block.resnets.0", false);
    attention("middle/attention0", "mid_block.attentions.0");
    block("middle/block1", "mid_block.resnets.1", false);

    for (int i = levels - 1; i >= 0; i--) {
      String path = "up" + i + "/";
      String there = "up_blocks." + (levels - 1 - i) + ".";
      for (int j = 0; j <= options.blocks(); j++) {
        boolean projects = channels + concatenated.pop() != channelsAt(i);
        block(path + "block" + j, there + "resnets." + j, projects);
        channels = channelsAt(i);
        if (options.attention().contains(height >> i) && (!skips || j == 0)) {
          attention(path + "attention" + j, there + "attentions." + j);
        }
      }
      if (i > 0 && skips) {
        norm(path + "output/norm", there + "skip_norm");
        layer(path + "output/conv", there + "skip_conv");
        block(path + "upsample", there + "resnet_up", true);
      } else if (i > 0) {
        layer(path + "upsample", there + "upsamplers.0.conv");
      }
    }
    String output = skips ? "up0/output/" : "output/";
    norm(output + "norm", "conv_norm_out");
    layer(output + "conv", "conv_out");
  }

  private void block(String path, String there, boolean projects) {
    norm(path + "/norm0", there + ".norm1");
    layer(path + "/conv0", there + ".conv1");
    layer(path + "/embedding", there + ".time_emb_proj");
    norm(path + "/norm1", there + ".norm2");
    layer(path + "/conv1", there + ".conv2");
    if (projects) {
      layer(path + "/skip", there + ".conv_shortcut");
    }
  }

  private void attention(String path, String there) {
    norm(path + "/norm", there + ".group_norm");
    layer(path + "/qkv", Layout.LINEAR, there + ".to_q", there + ".to_k", there + ".to_v");
    layer(path + "/out", Layout.LINEAR, there + ".to_out.0");
  }

  private void norm(String path, String there) {
    same(path + "/gamma", there + ".weight");
    same(path + "/beta", there + ".bias");
  }

  private void layer(String path, String there) {
    layer(path, Layout.OIHW, there);
  }

  private void layer(String path, Layout layout, String... there) {
    List<String> all = List.of(there);
    weights.add(
        new ReferenceWeight(
            all.stream().map(name -> name + ".weight").toList(), path + "/kernel", layout));
    weights.add(
        new ReferenceWeight(
            all.stream().map(name -> name + ".bias").toList(), path + "/bias", Layout.SAME));
  }

  private void same(String path, String there) {
    weights.add(new ReferenceWeight(there, path, Layout.SAME));
  }

  private int channelsAt(int level) {
    return options.channels() * options.multipliers().get(level);
  }
}
