package org.score4j.interop.diffusers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The forward process and the sampler of a scheduler. The process is the scheduler's, and so is the
 * sampler where score4j has it: ancestral sampling of {@code DDPMScheduler}, {@code DDIMScheduler},
 * and predictor and corrector of {@code ScoreSdeVeScheduler}. Other schedulers of DDPM's process
 * sample with {@code ddim}, which is noted; those of other processes are refused. A key that the
 * configuration lacks has the default of the class.
 */
final class SchedulerRecipe {
  private static final String CLASS = "_class_name";
  private static final String EXPLODING = "ScoreSdeVeScheduler";
  private static final Set<String> DDPM = Set.of("DDPMScheduler", "DDPMParallelScheduler");
  private static final Set<String> DDIM = Set.of("DDIMScheduler", "DDIMParallelScheduler");

  /** The first and the last beta that a class has by default. */
  private record Betas(double first, double last) {}

  private static final Betas OF_DDPM = new Betas(1e-4, 0.02);
  private static final Betas OF_LATENTS = new Betas(0.00085, 0.012);

  /** Schedulers whose process is DDPM's. */
  private static final Map<String, Betas> FAMILY =
      Map.ofEntries(
          Map.entry("DDPMScheduler", OF_DDPM),
          Map.entry("DDPMParallelScheduler", OF_DDPM),
          Map.entry("DDIMScheduler", OF_DDPM),
          Map.entry("DDIMParallelScheduler", OF_DDPM),
          Map.entry("PNDMScheduler", OF_DDPM),
          Map.entry("LMSDiscreteScheduler", OF_DDPM),
          Map.entry("EulerDiscreteScheduler", OF_DDPM),
          Map.entry("EulerAncestralDiscreteScheduler", OF_DDPM),
          Map.entry("HeunDiscreteScheduler", OF_LATENTS),
          Map.entry("KDPM2DiscreteScheduler", OF_LATENTS),
          Map.entry("KDPM2AncestralDiscreteScheduler", OF_LATENTS),
          Map.entry("DPMSolverMultistepScheduler", OF_DDPM),
          Map.entry("DPMSolverSinglestepScheduler", OF_DDPM),
          Map.entry("DPMSolverSDEScheduler", OF_LATENTS),
          Map.entry("DEISMultistepScheduler", OF_DDPM),
          Map.entry("UniPCMultistepScheduler", OF_DDPM),
          Map.entry("SASolverScheduler", OF_DDPM),
          Map.entry("RePaintScheduler", OF_DDPM));

  /** Options of the process, which are taken over whatever samples. */
  private static final Set<String> OF_PROCESS =
      Set.of(
          "num_train_timesteps",
          "beta_start",
          "beta_end",
          "beta_schedule",
          "prediction_type",
          "predict_epsilon",
          "timestep_type",
          "tensor_format");

  /** Options of {@code DDPMScheduler} and {@code DDIMScheduler} besides. */
  private static final Set<String> OF_SAMPLER =
      Set.of(
          "trained_betas",
          "variance_type",
          "clip_sample",
          "clip_sample_range",
          "thresholding",
          "dynamic_thresholding_ratio",
          "sample_max_value",
          "set_alpha_to_one",
          "timestep_spacing",
          "steps_offset",
          "rescale_betas_zero_snr");

  private static final Set<String> OF_EXPLODING =
      Set.of(
          "num_train_timesteps",
          "sigma_min",
          "sigma_max",
          "sampling_eps",
          "snr",
          "correct_steps",
          "tensor_format");

  /** Steps of a pipeline of DDIM that is not told how many. */
  private static final int DDIM_STEPS = 50;

  private final Configuration scheduler;

  SchedulerRecipe(Configuration scheduler) {
    this.scheduler = scheduler;
  }

  /** Whether the scheduler's process is one that score4j has. */
  boolean isKnown() {
    String name = scheduler.text(CLASS, "");
    return name.equals(EXPLODING) || FAMILY.containsKey(name);
  }

  /** Whether two classes have one process; false if either is not known here. */
  static boolean haveSameProcess(String one, String other) {
    return FAMILY.containsKey(one) && FAMILY.containsKey(other);
  }

  /**
   * Puts process, sampler and what the network's output stands for into a recipe.
   *
   * @param explodes whether the network answers with the score of exploding variance
   */
  void addTo(ObjectNode recipe, boolean explodes) {
    ObjectNode model = (ObjectNode) recipe.get("model");
    String name = scheduler.text(CLASS, "");
    if (explodes) {
      model.put("prediction", "score");
      if (!name.equals(EXPLODING)) {
        scheduler.refuse(CLASS, EXPLODING + ", as the network is NCSN++");
      }
      exploding(recipe);
      return;
    }
    if (!FAMILY.containsKey(name)) {
      scheduler.refuse(
          CLASS, "a scheduler of DDPM's process, such as DDPMScheduler, as the network is DDPM's");
      return;
    }
    process(recipe, FAMILY.get(name));
    model.put("prediction", prediction());
    if (DDPM.contains(name) || DDIM.contains(name)) {
      scheduler.noteUnknown(
          Stream.of(OF_PROCESS, OF_SAMPLER).flatMap(Set::stream).collect(Collectors.toSet()), name);
    }
    if (DDPM.contains(name)) {
      ancestral(recipe);
    } else {
      ddim(recipe, name);
    }
  }

  /** The process and sampler of score_sde. */
  private void exploding(ObjectNode recipe) {
    scheduler.noteUnknown(OF_EXPLODING, EXPLODING);
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

  private int trainingSteps() {
    return scheduler.count("num_train_timesteps", 1000);
  }

  private void process(ObjectNode recipe, Betas betas) {
    String schedule = scheduler.text("beta_schedule", "linear");
    scheduler.mustBe("beta_schedule", "linear", "linear", "scaled_linear", "squaredcos_cap_v2");
    scheduler.mustBeAbsent("trained_betas");
    scheduler.mustBe("rescale_betas_zero_snr", false, false);
    scheduler.mustBe("use_flow_sigmas", false, false);
    // Otherwise the network is told a quarter of the logarithm of sigma, and not a step.
    scheduler.mustBe("timestep_type", "discrete", "discrete");
    recipe
        .putObject("sde")
        .put("type", "ddpm")
        .put("schedule", schedule.startsWith("squared") ? "cosine" : schedule.replace('_', '-'))
        .put("steps", trainingSteps())
        .put("betaMin", scheduler.number("beta_start", betas.first()))
        .put("betaMax", scheduler.number("beta_end", betas.last()));
  }

  private String prediction() {
    scheduler.mustBe("prediction_type", "epsilon", "epsilon", "sample", "v_prediction");
    if (!scheduler.truth("predict_epsilon", true)) {
      scheduler.refuse("predict_epsilon", "true; prediction_type says what else is predicted");
    }
    return switch (scheduler.text("prediction_type", "epsilon")) {
      case "sample" -> "denoised";
      case "v_prediction" -> "velocity";
      default -> "noise";
    };
  }

  private void ancestral(ObjectNode recipe) {
    scheduler.mustBe(
        "variance_type",
        "fixed_small",
        "fixed_small",
        "fixed_small_log",
        "fixed_large",
        "fixed_large_log");
    // With as many steps as in training all spacings are one.
    scheduler.mustBe("timestep_spacing", "leading", "leading", "trailing", "linspace");
    scheduler.mustBe("steps_offset", 0, 0);
    boolean large = scheduler.text("variance_type", "fixed_small").startsWith("fixed_large");
    ObjectNode sampler =
        recipe
            .putObject("sampler")
            .put("type", "ddpm")
            .put("steps", trainingSteps())
            .put("variance", large ? "transition" : "posterior");
    clip(sampler);
  }

  /** The clip of the denoised data, which these classes do unless they are told not to. */
  private void clip(ObjectNode sampler) {
    if (scheduler.truth("thresholding", false)) {
      sampler
          .putObject("clip")
          .put("low", -1)
          .put("high", 1)
          .put("quantile", scheduler.number("dynamic_thresholding_ratio", 0.995))
          .put("maxThreshold", scheduler.number("sample_max_value", 1));
    } else if (scheduler.truth("clip_sample", true)) {
      double range = scheduler.number("clip_sample_range", 1);
      sampler.putObject("clip").put("low", -range).put("high", range);
    }
  }

  private void ddim(ObjectNode recipe, String name) {
    ObjectNode sampler = recipe.putObject("sampler").put("type", "ddim");
    if (!DDIM.contains(name)) {
      List<String> options =
          scheduler.keys().stream().filter(key -> !OF_PROCESS.contains(key)).toList();
      scheduler.note(
          name
              + ": the process is taken over; samples are drawn by ddim"
              + (options.isEmpty() ? "" : ", without " + String.join(", ", options)));
      return;
    }
    String spacing = scheduler.text("timestep_spacing", "leading");
    scheduler.mustBe("timestep_spacing", "leading", "leading", "trailing", "linspace");
    scheduler.mustBe("steps_offset", 0, 0);
    boolean toOne = scheduler.truth("set_alpha_to_one", true);
    boolean clips = scheduler.truth("thresholding", false) || scheduler.truth("clip_sample", true);
    if (!toOne && clips) {
      scheduler.refuse("set_alpha_to_one", "true where denoised data are clipped");
    }
    // A grid begins at the last training step; with these two its further times are the published.
    boolean further = !spacing.equals("linspace");
    int published = Math.max(1, Math.min(DDIM_STEPS, trainingSteps() / 2));
    sampler.put("steps", published - (further ? 0 : 1) + (toOne ? 1 : 0));
    sampler.put("denoise", toOne);
    sampler
        .putObject("grid")
        .put("type", "discrete")
        .put("spacing", spacing)
        .put("trainingSteps", trainingSteps());
    clip(sampler);
    if (spacing.equals("leading")) {
      scheduler.note("timestep_spacing: leading: one step comes first, from the last timestep");
    } else if (further && toOne) {
      scheduler.note("timestep_spacing: trailing: one step comes last, from timestep 0");
    }
  }
}
