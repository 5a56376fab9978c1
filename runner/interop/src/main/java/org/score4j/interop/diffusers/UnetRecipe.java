package org.score4j.interop.diffusers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The model of a {@code UNet2DModel}. Two kinds of that network are known: the DDPM of Ho et al.
 * 2020 and the NCSN++ of Song et al. 2021 for large images. A key that the configuration lacks has
 * the default of the class.
 */
final class UnetRecipe {
  private static final double ROOT_OF_TWO = Math.sqrt(2);

  /** Channels from which NCSN++'s rule for groups and diffusers' fixed 32 agree. */
  private static final int CHANNELS_OF_32_GROUPS = 128;

  /** Options of the class that its output depends on, which are looked at below. */
  static final Set<String> OF_OUTPUT =
      Set.of(
          "in_channels",
          "out_channels",
          "center_input_sample",
          "time_embedding_type",
          "time_embedding_dim",
          "freq_shift",
          "flip_sin_to_cos",
          "down_block_types",
          "mid_block_type",
          "up_block_types",
          "block_out_channels",
          "layers_per_block",
          "mid_block_scale_factor",
          "downsample_padding",
          "downsample_type",
          "upsample_type",
          "act_fn",
          "attention_head_dim",
          "norm_num_groups",
          "attn_norm_num_groups",
          "norm_eps",
          "resnet_time_scale_shift",
          "add_attention",
          "class_embed_type",
          "num_class_embeds",
          "num_train_timesteps");

  private static final Set<String> OTHERS =
      Set.of(
          "sample_size",
          "dropout",
          // Of averages that are saved as a network of their own.
          "decay",
          "inv_gamma",
          "min_decay",
          "optimization_step",
          "power",
          "update_after_step",
          "use_ema_warmup");

  /** Of the largest images. */
  private static final int MOST_HALVINGS = 12;

  private final Configuration network;
  private final List<String> down;
  private final List<Integer> channels;
  private final boolean skips;

  /**
   * A model yet to be made.
   *
   * @param weightBytes length of the files of weights
   */
  UnetRecipe(Configuration network, long weightBytes) {
    this.network = network;
    network.mustBe("_class_name", "", "UNet2DModel");
    down = network.texts("down_block_types");
    channels = network.counts("block_out_channels");
    skips = down.stream().anyMatch(type -> type.contains("Skip"));
    // Before a network of that size is made: the second kernels of all blocks, in half precision.
    double kernels = channels.stream().mapToDouble(c -> 2 * 9 * (double) c * c).sum();
    if (kernels * network.count("layers_per_block", 2) > weightBytes) {
      network.refuse("block_out_channels", "those of the weights, of which there are not as many");
    }
    network.noteUnknown(
        Stream.of(OF_OUTPUT, OTHERS).flatMap(Set::stream).collect(Collectors.toSet()),
        "UNet2DModel");
  }

  /** Whether it is NCSN++, which answers with the score of exploding variance. */
  boolean skips() {
    return skips;
  }

  /** Puts data of the right shape and the model into a recipe, but what its output stands for. */
  void addTo(ObjectNode recipe) {
    addTo(recipe, network.size("sample_size").orElse(new int[] {1, 1}));
  }

  /** The same, for images of any size that the network can halve as often as it does. */
  void addOfAnySize(ObjectNode recipe) {
    int side = 1 << Math.min(down.size(), MOST_HALVINGS);
    addTo(recipe, new int[] {side, side});
  }

  private void addTo(ObjectNode recipe, int[] size) {
    recipe
        .putObject("data")
        .put("type", "no-images")
        .put("height", size[0])
        .put("width", size[1])
        .put("channels", network.count("in_channels", 3))
        .put("centered", !skips);
    noImagesOfOtherChannels();
    blocks();
    ObjectNode model = recipe.putObject("model");
    common(model, size[0]);
    if (skips) {
      ncsnPlusPlus(model);
    } else {
      ddpm(model);
    }
  }

  private void noImagesOfOtherChannels() {
    int in = network.count("in_channels", 3);
    if (network.count("out_channels", 3) != in) {
      network.refuse("out_channels", "as in_channels, " + in);
    }
    if (skips && in != 3) {
      network.refuse("in_channels", "3");
    }
  }

  /** One block for each resolution, with attention at the same ones on both ways. */
  private void blocks() {
    String plain = skips ? "SkipDownBlock2D" : "DownBlock2D";
    if (!down.stream().allMatch(type -> type.equals(plain) || type.equals("Attn" + plain))) {
      network.refuse("down_block_types", plain + " and Attn" + plain);
    }
    List<String> up = new ArrayList<>();
    down.forEach(type -> up.add(0, type.replace("Down", "Up")));
    if (!network.texts("up_block_types").equals(up)) {
      network.refuse("up_block_types", "the mirror image of down_block_types, " + up);
    }
    if (channels.size() != down.size()) {
      network.refuse("block_out_channels", "as many as there are down_block_types");
    }
    if (channels.stream().anyMatch(c -> c % channels.get(0) != 0)) {
      network.refuse("block_out_channels", "multiples of the first");
    }
    network.mustBe("act_fn", "silu", "silu", "swish");
    network.mustBe("norm_eps", 1e-5, 1e-6);
    network.mustBe("resnet_time_scale_shift", "default", "default");
    network.mustBe("add_attention", true, true);
    network.mustBe("mid_block_type", "UNetMidBlock2D", "UNetMidBlock2D");
    network.mustBeAbsent("class_embed_type");
    network.mustBeAbsent("num_class_embeds");
    network.mustBeAbsent("attn_norm_num_groups");
    if (network.has("time_embedding_dim")
        && network.number("time_embedding_dim", 0)
            != 4.0 * channels.stream().findFirst().orElse(0)) {
      network.refuse("time_embedding_dim", "null, for 4 times the first of block_out_channels");
    }
    // Absent it is 8 channels a head; null, which the published ones have, is one head.
    if (network.has("attention_head_dim") || !network.isGiven("attention_head_dim")) {
      network.refuse("attention_head_dim", "null, for one head");
    }
  }

  private void common(ObjectNode model, int height) {
    int first = channels.isEmpty() ? 1 : channels.get(0);
    model.put("type", skips ? "ncsn++" : "ddpm-unet").put("channels", first);
    var multipliers = model.putArray("multipliers");
    channels.forEach(c -> multipliers.add(c / first));
    model.put("blocks", network.count("layers_per_block", 2));
    var attention = model.putArray("attention");
    attending().forEach(i -> attention.add(height >> i));
    model.put("dropout", network.number("dropout", 0));
    model.put("centered", !network.truth("center_input_sample", false));
  }

  private IntStream attending() {
    return IntStream.range(0, down.size()).filter(i -> down.get(i).startsWith("Attn"));
  }

  private void ddpm(ObjectNode model) {
    network.mustBe("time_embedding_type", "positional", "positional");
    network.mustBe("flip_sin_to_cos", true, false);
    network.mustBe("freq_shift", 0, 1);
    network.mustBe("downsample_padding", 1, 0);
    network.mustBe("downsample_type", "conv", "conv");
    network.mustBe("upsample_type", "conv", "conv");
    network.mustBe("mid_block_scale_factor", 1, 1);
    network.mustBe("norm_num_groups", 32, 32);
    model
        .put("attentionAfterEveryBlock", true)
        .put("groupSize", 1)
        .put("resampleWithConvolution", true)
        .put("label", "step")
        .put("scaleBySigma", false);
  }

  private void ncsnPlusPlus(ObjectNode model) {
    network.mustBe("time_embedding_type", "positional", "fourier");
    network.mustBe("mid_block_scale_factor", 1, ROOT_OF_TWO);
    if (network.has("norm_num_groups") || !network.isGiven("norm_num_groups")) {
      network.refuse("norm_num_groups", "null");
    }
    if (channels.size() == down.size()
        && attending().anyMatch(i -> channels.get(i) < CHANNELS_OF_32_GROUPS)) {
      network.refuse(
          "block_out_channels", CHANNELS_OF_32_GROUPS + " or more where there is attention");
    }
    model
        .put("residualBlock", "biggan")
        .put("skipRescale", true)
        .put("progressive", "output-skip")
        .put("progressiveInput", "input-skip")
        .put("progressiveCombine", "sum")
        .put("embedding", "fourier")
        .put("fourierScale", 16)
        .put("label", "sigma")
        .put("scaleBySigma", true);
    model.putArray("fir").add(1).add(3).add(3).add(1);
  }
}
