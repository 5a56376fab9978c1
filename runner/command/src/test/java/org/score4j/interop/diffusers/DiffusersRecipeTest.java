package org.score4j.interop.diffusers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Configurations as they were published, and what becomes of others. */
class DiffusersRecipeTest {
  private static final long BYTES = 1 << 30;

  /** google/ddpm-cifar10-32. */
  private static final String DDPM =
      """
      {
        "_class_name": "UNet2DModel", "_diffusers_version": "0.0.4", "act_fn": "silu",
        "attention_head_dim": null, "block_out_channels": [128, 256, 256, 256],
        "center_input_sample": false,
        "down_block_types": ["DownBlock2D", "AttnDownBlock2D", "DownBlock2D", "DownBlock2D"],
        "downsample_padding": 0, "flip_sin_to_cos": false, "freq_shift": 1, "in_channels": 3,
        "layers_per_block": 2, "mid_block_scale_factor": 1, "norm_eps": 1e-06,
        "norm_num_groups": 32, "out_channels": 3, "sample_size": 32,
        "time_embedding_type": "positional",
        "up_block_types": ["UpBlock2D", "UpBlock2D", "AttnUpBlock2D", "UpBlock2D"]
      }
      """;

  private static final String DDPM_SCHEDULER =
      """
      {
        "_class_name": "DDPMScheduler", "beta_end": 0.02, "beta_schedule": "linear",
        "beta_start": 0.0001, "clip_sample": true, "num_train_timesteps": 1000,
        "trained_betas": null, "variance_type": "fixed_large"
      }
      """;

  /** As google/ncsnpp-church-256. */
  private static final String NCSNPP =
      """
      {
        "_class_name": "UNet2DModel", "act_fn": "silu", "attention_head_dim": null,
        "block_out_channels": [128, 128, 256, 256, 256, 256, 256], "center_input_sample": false,
        "down_block_types": ["SkipDownBlock2D", "SkipDownBlock2D", "SkipDownBlock2D",
          "SkipDownBlock2D", "AttnSkipDownBlock2D", "SkipDownBlock2D", "SkipDownBlock2D"],
        "downsample_padding": 1, "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": 3,
        "layers_per_block": 2, "mid_block_scale_factor": 1.41421356237, "norm_eps": 1e-06,
        "norm_num_groups": null, "out_channels": 3, "sample_size": 256,
        "time_embedding_type": "fourier",
        "up_block_types": ["SkipUpBlock2D", "SkipUpBlock2D", "AttnSkipUpBlock2D",
          "SkipUpBlock2D", "SkipUpBlock2D", "SkipUpBlock2D", "SkipUpBlock2D"]
      }
      """;

  private static final String NCSNPP_SCHEDULER =
      """
      {
        "_class_name": "ScoreSdeVeScheduler", "correct_steps": 1, "num_train_timesteps": 2000,
        "sampling_eps": 1e-05, "sigma_max": 378, "sigma_min": 0.01, "snr": 0.075
      }
      """;

  private static JsonNode recipe(String network, String scheduler) {
    return recipe(network, scheduler, BYTES);
  }

  private static JsonNode recipe(String network, String scheduler, long bytes) {
    return new DiffusersRecipe(
            configuration("config.json", network),
            Optional.of(configuration("scheduler_config.json", scheduler)),
            bytes)
        .json("toy");
  }

  private static Configuration configuration(String file, String json) {
    return new Configuration(Path.of(file), JsonMapper.shared().readTree(json));
  }

  private static void assertRecipe(String expected, JsonNode recipe) {
    var wanted = JsonMapper.shared().readTree(expected);
    assertEquals(wanted.toPrettyString(), recipe.toPrettyString());
  }

  @Test
  void ddpmOfCifar10IsTheNetworkOfHoAndOthers() {
    assertRecipe(
        """
        {
          "name": "toy",
          "data": {"type": "no-images", "height": 32, "width": 32, "channels": 3, "centered": true},
          "model": {
            "type": "ddpm-unet", "channels": 128, "multipliers": [1, 2, 2, 2], "blocks": 2,
            "attention": [16], "dropout": 0.0, "centered": true, "attentionAfterEveryBlock": true,
            "groupSize": 1, "resampleWithConvolution": true, "label": "step",
            "scaleBySigma": false, "prediction": "noise"
          },
          "sde": {
            "type": "ddpm", "schedule": "linear", "steps": 1000, "betaMin": 1.0E-4, "betaMax": 0.02
          },
          "sampler": {
            "type": "ddpm", "steps": 1000, "variance": "transition",
            "clip": {"low": -1.0, "high": 1.0}
          }
        }
        """,
        recipe(DDPM, DDPM_SCHEDULER));
  }

  @Test
  void ncsnPlusPlusIsThePresetForLargeImages() {
    assertRecipe(
        """
        {
          "name": "toy",
          "data": {
            "type": "no-images", "height": 256, "width": 256, "channels": 3, "centered": false
          },
          "model": {
            "type": "ncsn++", "channels": 128, "multipliers": [1, 1, 2, 2, 2, 2, 2], "blocks": 2,
            "attention": [16], "dropout": 0.0, "centered": true, "residualBlock": "biggan",
            "skipRescale": true, "progressive": "output-skip", "progressiveInput": "input-skip",
            "progressiveCombine": "sum", "embedding": "fourier", "fourierScale": 16,
            "label": "sigma", "scaleBySigma": true, "fir": [1, 3, 3, 1], "prediction": "score"
          },
          "sde": {"type": "ve", "sigmaMin": 0.01, "sigmaMax": 378.0, "startTime": 1.0E-5},
          "sampler": {
            "type": "predictor-corrector", "steps": 2000,
            "predictor": {"type": "reverse-diffusion"},
            "corrector": {"type": "langevin", "snr": 0.075, "steps": 1}
          }
        }
        """,
        recipe(NCSNPP, NCSNPP_SCHEDULER));
  }

  @Test
  void otherSchedulersOfTheFamilySampleWithDdim() {
    String scheduler =
        DDPM_SCHEDULER
            .replace("DDPMScheduler", "PNDMScheduler")
            .replace("\"linear\"", "\"squaredcos_cap_v2\"")
            .replace("}", ", \"prediction_type\": \"v_prediction\"}");
    JsonNode recipe = recipe(DDPM, scheduler);
    assertEquals("{\"type\":\"ddim\"}", recipe.get("sampler").toString());
    assertEquals("cosine", recipe.get("sde").get("schedule").asString());
    assertEquals("velocity", recipe.get("model").get("prediction").asString());
  }

  @Test
  void allThatHasNoCounterpartIsToldAtOnce() {
    String network =
        DDPM.replace("\"attention_head_dim\": null", "\"attention_head_dim\": 8")
            .replace("1e-06", "1e-05")
            .replace("\"freq_shift\": 1", "\"freq_shift\": 0")
            .replace("\"sample_size\": 32", "\"sample_size\": null")
            .replace("\"out_channels\": 3", "\"out_channels\": 6")
            .replace("\"AttnUpBlock2D\", \"UpBlock2D\"", "\"UpBlock2D\", \"AttnUpBlock2D\"");
    String scheduler =
        DDPM_SCHEDULER.replace("null", "[0.1, 0.2]").replace("fixed_large", "learned");
    var thrown = assertThrows(BadInput.class, () -> recipe(network, scheduler));
    assertEquals(
        """
        config.json: sample_size: must be the images' height and width, found null
        config.json: out_channels: must be as in_channels, 3, found 6
        config.json: up_block_types: must be the mirror image of down_block_types, [UpBlock2D, \
        UpBlock2D, AttnUpBlock2D, UpBlock2D], found \
        ["UpBlock2D","UpBlock2D","UpBlock2D","AttnUpBlock2D"]
        config.json: norm_eps: must be 1.0E-6, found 1.0E-5
        config.json: attention_head_dim: must be null, for one head, found 8
        config.json: freq_shift: must be 1, found 0
        scheduler_config.json: trained_betas: must be null, found [0.1,0.2]
        scheduler_config.json: variance_type: must be fixed_small or fixed_small_log or \
        fixed_large or fixed_large_log, found "learned\"""",
        thrown.getMessage());
  }

  @Test
  void otherNetworksAreRefused() {
    var thrown =
        assertThrows(
            BadInput.class,
            () -> recipe("{\"_class_name\": \"UNet2DConditionModel\"}", DDPM_SCHEDULER));
    assertEquals(
        "config.json: _class_name: must be UNet2DModel, found \"UNet2DConditionModel\"",
        thrown.getMessage().lines().findFirst().orElseThrow());
  }

  @Test
  void aNetworkLargerThanItsFileIsNotBuilt() {
    String network = DDPM.replace("[128, 256, 256, 256]", "[128, 256, 256, 1048576]");
    var thrown = assertThrows(BadInput.class, () -> recipe(network, DDPM_SCHEDULER));
    assertEquals(
        "config.json: block_out_channels: must be those of the weights, of which there are not as"
            + " many, found [128,256,256,1048576]",
        thrown.getMessage());
    assertThrows(BadInput.class, () -> recipe(DDPM, DDPM_SCHEDULER, 1000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EDMEulerScheduler",
        "EDMDPMSolverMultistepScheduler",
        "FlowMatchEulerDiscreteScheduler",
        "FlowMatchHeunDiscreteScheduler",
        "KarrasVeScheduler",
        "CMStochasticIterativeScheduler",
        "LCMScheduler",
        "TCDScheduler",
        "IPNDMScheduler",
        "UnCLIPScheduler",
        "VQDiffusionScheduler",
        "CosineDPMSolverMultistepScheduler",
        "ScoreSdeVpScheduler",
        "ScoreSdeVeScheduler"
      })
  void schedulersOfOtherProcessesAreRefusedByName(String name) {
    String scheduler = "{\"_class_name\": \"" + name + "\"}";
    var thrown = assertThrows(BadInput.class, () -> recipe(DDPM, scheduler));
    assertEquals(
        "scheduler_config.json: _class_name: must be a scheduler of DDPM's process, such as"
            + " DDPMScheduler, as the network is DDPM's, found \""
            + name
            + '"',
        thrown.getMessage());
  }

  @Test
  void ncsnPlusPlusNeedsItsOwnProcess() {
    var thrown = assertThrows(BadInput.class, () -> recipe(NCSNPP, DDPM_SCHEDULER));
    assertEquals(
        "scheduler_config.json: _class_name: must be ScoreSdeVeScheduler, as the network is NCSN++,"
            + " found \"DDPMScheduler\"",
        thrown.getMessage());
  }

  private static String sampler(String scheduler) {
    return recipe(DDPM, scheduler).get("sampler").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | {\"low\":-1.0,\"high\":1.0}",
        "'\"clip_sample_range\": 2.5' | {\"low\":-2.5,\"high\":2.5}",
        "'\"clip_sample\": false' | ''",
        "'\"clip_sample\": null' | ''",
        "'\"thresholding\": true, \"sample_max_value\": 1.5' |"
            + " {\"low\":-1,\"high\":1,\"quantile\":0.995,\"maxThreshold\":1.5}"
      })
  void samplesAreClippedAsTheSchedulerSays(String keys, String clip) {
    for (String name : List.of("DDPMScheduler", "DDIMScheduler")) {
      String scheduler =
          "{\"_class_name\": \"" + name + '"' + (keys.isEmpty() ? "" : ", ") + keys + "}";
      var found = recipe(DDPM, scheduler).get("sampler").path("clip");
      assertEquals(clip, found.isMissingNode() ? "" : found.toString(), name);
    }
  }

  @Test
  void stepsOfDdimAreSpacedAsTheSchedulerSays() {
    String ddim = "{\"_class_name\": \"DDIMScheduler\", \"clip_sample\": false%s}";
    String leading =
        "{\"type\":\"ddim\",\"steps\":51,\"denoise\":true,\"grid\":{\"type\":\"discrete\","
            + "\"spacing\":\"leading\",\"trainingSteps\":1000}}";
    assertEquals(leading, sampler(ddim.replace("%s", "")));
    assertEquals(
        leading.replace("leading", "linspace").replace("51", "50"),
        sampler(ddim.replace("%s", ", \"timestep_spacing\": \"linspace\"")));
    assertEquals(
        leading.replace("leading", "trailing").replace("51", "50").replace("true", "false"),
        sampler(
            ddim.replace(
                "%s", ", \"timestep_spacing\": \"trailing\", \"set_alpha_to_one\": false")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"steps_offset\": 1' | 'steps_offset: must be 0, found 1'",
        "'\"timestep_type\": \"continuous\"' |"
            + " 'timestep_type: must be discrete, found \"continuous\"'",
        "'\"trained_betas\": [0.1]' | 'trained_betas: must be null, found [0.1]'",
        "'\"rescale_betas_zero_snr\": true' |"
            + " 'rescale_betas_zero_snr: must be false, found true'",
        "'\"predict_epsilon\": false' |"
            + " 'predict_epsilon: must be true; prediction_type says what else is predicted, found"
            + " false'",
        "'\"set_alpha_to_one\": false' |"
            + " 'set_alpha_to_one: must be true where denoised data are clipped, found false'",
        "'\"prediction_type\": \"flow_prediction\"' |"
            + " 'prediction_type: must be epsilon or sample or v_prediction, found"
            + " \"flow_prediction\"'",
        "'\"timestep_spacing\": \"log\"' |"
            + " 'timestep_spacing: must be leading or trailing or linspace, found \"log\"'",
        "'\"beta_schedule\": \"sigmoid\"' |"
            + " 'beta_schedule: must be linear or scaled_linear or squaredcos_cap_v2, found"
            + " \"sigmoid\"'",
        "'\"beta_end\": 1e999' | 'beta_end: must be a finite number, found'",
        "'\"beta_end\": null' | 'beta_end: must be a finite number, found null'",
        "'\"num_train_timesteps\": 1e3' |"
            + " 'num_train_timesteps: must be a whole number from 1 on, found 1000.0'"
      })
  void whatHasNoCounterpartIsRefusedByName(String key, String refusal) {
    String scheduler = "{\"_class_name\": \"DDIMScheduler\", " + key + "}";
    var thrown = assertThrows(BadInput.class, () -> recipe(DDPM, scheduler));
    assertEquals(
        "scheduler_config.json: " + refusal,
        thrown
            .getMessage()
            .substring(0, Math.min(thrown.getMessage().length(), refusal.length() + 23)));
  }

  @Test
  void keysThatAreLackingHaveTheDefaultsOfTheirClass() {
    var sde = recipe(DDPM, "{\"_class_name\": \"HeunDiscreteScheduler\"}").get("sde");
    assertEquals(0.00085, sde.get("betaMin").asDouble());
    assertEquals(0.012, sde.get("betaMax").asDouble());
  }

  @Test
  void settingsOfOtherSamplersAreNamed() {
    var scheduler =
        configuration(
            "scheduler_config.json",
            """
            {
              "_class_name": "DPMSolverMultistepScheduler", "beta_end": 0.02, "solver_order": 3,
              "use_karras_sigmas": true, "trained_betas": null
            }
            """);
    new DiffusersRecipe(configuration("config.json", DDPM), Optional.of(scheduler), BYTES)
        .json("toy");
    assertEquals(
        List.of(
            "scheduler_config.json: DPMSolverMultistepScheduler: the process is taken over; samples"
                + " are drawn by ddim, without solver_order, use_karras_sigmas"),
        scheduler.notes());
  }

  @Test
  void keysThatNoSchedulerOfThatClassHasAreNamed() {
    var scheduler =
        configuration(
            "scheduler_config.json",
            """
            {
              "_class_name": "DDPMScheduler", "clip_sample_range": 2, "use_karras_sigmas": true,
              "skip_prk_steps": null
            }
            """);
    new DiffusersRecipe(configuration("config.json", DDPM), Optional.of(scheduler), BYTES)
        .json("toy");
    assertEquals(
        List.of(
            "scheduler_config.json: use_karras_sigmas: is not an option of DDPMScheduler, and is"
                + " ignored"),
        scheduler.notes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[\"DDPMScheduler\"]"})
  void whatIsOfAnotherTypeIsRefusedOnce(String name) {
    String scheduler = "{\"_class_name\": " + name + "}";
    var thrown = assertThrows(BadInput.class, () -> recipe(DDPM, scheduler));
    assertEquals(
        "scheduler_config.json: _class_name: must be text, found " + name, thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "15", "\"32\""})
  void besideARecipeImagesMayHaveAnySize(String size) {
    String network = DDPM.replace("\"sample_size\": 32", "\"sample_size\": " + size);
    JsonNode recipe =
        new DiffusersRecipe(configuration("config.json", network), Optional.empty(), BYTES)
            .jsonBesideAnother("toy");
    assertEquals(16, recipe.get("data").get("height").asInt());
    assertEquals("[8]", recipe.get("model").get("attention").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mid_block_type | null",
        "norm_num_groups | null",
        "norm_num_groups | 8",
        "time_embedding_dim | 64",
        "flip_sin_to_cos | true",
        "class_embed_type | \"timestep\"",
        "num_class_embeds | 10",
        "act_fn | \"mish\"",
        "downsample_type | \"resnet\"",
        "resnet_time_scale_shift | \"scale_shift\"",
        "layers_per_block | \"2\"",
        "sample_size | [32, 0]"
      })
  void whatTheNetworkCannotDoIsRefusedByName(String key, String value) {
    String network =
        DDPM.replaceAll("\"" + key + "\": [^,}]*,", "")
            .replaceFirst("\\{", "{ \"" + key + "\": " + value + ",");
    var thrown = assertThrows(BadInput.class, () -> recipe(network, DDPM_SCHEDULER));
    assertTrue(
        thrown.getMessage().startsWith("config.json: " + key + ": must be "), thrown.getMessage());
    assertTrue(
        thrown.getMessage().endsWith("found " + value.replace(" ", "")), thrown.getMessage());
  }
}
