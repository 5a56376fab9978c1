package org.score4j.runner.diffusers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.runner.plugin.BadInput;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The recipe of a {@code UNet2DModel} and its scheduler. Two kinds of that network are known: the
 * DDPM of Ho et al. 2020 and the NCSN++ of Song et al. 2021 for large images. The forward process
 * is the scheduler's, and so is the sampler where it is the one that the network was published
 * with; with others of the DDPM family it is {@code ddim}.
 *
 * <p>The configurations do not tell of data: the recipe has {@code no-images} of the right shape,
 * enough to draw samples, and is not trained.
 */
final class DiffusersRecipe {
  private static final double ROOT_OF_TWO = Math.sqrt(2);

  /** Channels from which NCSN++'s rule for groups and diffusers' fixed 32 agree. */
  private static final int CHANNELS_OF_32_GROUPS = 128;

  private final Configuration network;
  private final Configuration scheduler;
  private final List<String> down;
  private final List<Integer> channels;
  private final boolean skips;

  /**
   * A recipe yet to be made.
   *
   * @param weightBytes length of the file of weights
   */
  DiffusersRecipe(Configuration network, Configuration scheduler, long weightBytes) {
    this.network = network;
    this.scheduler = scheduler;
    network.mustBe("_class_name", "", "UNet2DModel");
    down = network.texts("down_block_types");
    channels = network.counts("block_out_channels");
    skips = down.stream().anyMatch(type -> type.contains("Skip"));
    // Before a network of that size is made: the second kernels of all blocks, in half precision.
    double kernels = channels.stream().mapToDouble(c -> 2 * 9 * (double) c * c).sum();
    if (kernels * network.count("layers_per_block", 2) > weightBytes) {
      network.refuse("block_out_channels", "those of the weights, of which there are not as many");
    }
  }

  /**
   * The recipe.
   *
   * @throws BadInput with all that has no counterpart here
   */
  ObjectNode json(String name) {
    int[] size = network.size("sample_size").orElse(new int[] {1, 1});
    ObjectNode recipe = JsonMapper.shared().createObjectNode();
    recipe.put("name", name);
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
      exploding(recipe);
    } else {
      ddpm(model);
      preserving(recipe, model);
    }
    List<String> problems =
        Stream.concat(network.problems().stream(), scheduler.problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return recipe;
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
        .put("scaleBySigma", true)
        .put("prediction", "score");
    model.putArray("fir").add(1).add(3).add(3).add(1);
  }

  /** The process and sampler of score_sde, with sigma from the scheduler. */
  private void exploding(ObjectNode recipe) {
    scheduler.mustBe("_class_name", "", "ScoreSdeVeScheduler");
    recipe
        .putObject("sde")
        .put("type", "ve")
        .put("sigmaMin", scheduler.number("sigma_min", 0.01))
        .put("sigmaMax", scheduler.number("sigma_max", 1348))
        .put("startTime", scheduler.number("sampling_eps", 1e-5));
    ObjectNode sampler = recipe.putObject("sampler");
    sampler
        .put("type", "predictor-corrector")
        .put("steps", scheduler.count("num_train_timesteps", 2000));
    sampler.putObject("predictor").put("type", "reverse-diffusion");
    sampler
        .putObject("corrector")
        .put("type", "langevin")
        .put("snr", scheduler.number("snr", 0.15))
        .put("steps", scheduler.count("correct_steps", 1));
  }

  private void preserving(ObjectNode recipe, ObjectNode model) {
    int steps = scheduler.count("num_train_timesteps", 1000);
    String schedule = scheduler.text("beta_schedule", "linear");
    scheduler.mustBe("beta_schedule", "linear", "linear", "scaled_linear", "squaredcos_cap_v2");
    scheduler.mustBeAbsent("trained_betas");
    scheduler.mustBe("rescale_betas_zero_snr", false, false);
    if (scheduler.text("_class_name", "").startsWith("ScoreSde")) {
      scheduler.refuse("_class_name", "of the DDPM family, as the network is");
    }
    recipe
        .putObject("sde")
        .put("type", "ddpm")
        .put("schedule", schedule.startsWith("squared") ? "cosine" : schedule.replace('_', '-'))
        .put("steps", steps)
        .put("betaMin", scheduler.number("beta_start", 1e-4))
        .put("betaMax", scheduler.number("beta_end", 0.02));
    ObjectNode sampler = recipe.putObject("sampler");
    if (scheduler.text("_class_name", "").equals("DDPMScheduler")) {
      boolean large = scheduler.text("variance_type", "fixed_small").startsWith("fixed_large");
      scheduler.mustBe(
          "variance_type",
          "fixed_small",
          "fixed_small",
          "fixed_small_log",
          "fixed_large",
          "fixed_large_log");
      sampler
          .put("type", "ddpm")
          .put("steps", steps)
          .put("variance", large ? "transition" : "posterior");
    } else {
      sampler.put("type", "ddim");
    }
    scheduler.mustBe("prediction_type", "epsilon", "epsilon", "sample", "v_prediction");
    model.put(
        "prediction",
        switch (scheduler.text("prediction_type", "epsilon")) {
          case "sample" -> "denoised";
          case "v_prediction" -> "velocity";
          default -> "noise";
        });
  }
}
