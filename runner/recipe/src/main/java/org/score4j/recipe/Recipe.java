package org.score4j.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.score4j.api.ClassGuidance;
import org.score4j.api.Classifier;
import org.score4j.api.Control;
import org.score4j.api.Dataset;
import org.score4j.api.InvalidValueException;
import org.score4j.api.InvalidValueException.Fault;
import org.score4j.api.Loss;
import org.score4j.api.Metric;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.Standardization;
import org.score4j.api.Validation;
import org.score4j.engine.device.Device;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.Default;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.Service;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that determines a run.
 *
 * @param name what the run is called; names its folder, so it is made of letters, digits and . _ -
 *     + alone; a recipe that gives none is called after its file
 * @param seed from which all randomness of the run is derived
 * @param data what to learn from
 * @param standardize whether float32 data of known size are standardized for training: each entry
 *     of the last axis (columns, channels) to mean 0 and standard deviation 1 over {@code data}.
 *     Everything a user gives or gets stays in the data's own units
 * @param standardization the mean and deviation to use; measured if empty, and written to the
 *     manifest
 * @param sde the forward process
 * @param model estimates the score; empty if a classifier is trained
 * @param classifier what tells the class of noised data, trained for guidance; given instead of a
 *     model
 * @param loss what training minimises
 * @param training how to train; empty for a model that needs none, such as an exact score
 * @param compute what the run computes on
 * @param checkpoints when a training is saved
 * @param logging what a training tells of itself
 * @param sampler how samples are drawn; empty if a classifier is trained
 * @param control what is known of the samples, each around those before it; possibly empty
 * @param sampling how many are drawn
 * @param reference what samples are held against, such as a part that was held out; the data if
 *     empty
 * @param evaluation what to measure on them; possibly empty
 */
public record Recipe(
    String name,
    @Default("0") long seed,
    Dataset data,
    @Default("true") boolean standardize,
    Optional<Standardization> standardization,
    Sde sde,
    Optional<ScoreModel> model,
    Optional<Classifier> classifier,
    @Default("\"denoising-score-matching\"") Loss loss,
    Optional<Training> training,
    @Default("{}") Compute compute,
    @Default("{}") CheckpointSettings checkpoints,
    @Default("{}") Logging logging,
    Optional<Sampler> sampler,
    List<Control> control,
    @Default("{}") Sampling sampling,
    Optional<Dataset> reference,
    List<Metric> evaluation) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

  /** Checks the name, that the sampler suits the forward process, and that its average exists. */
  public Recipe {
    control = List.copyOf(control);
    evaluation = List.copyOf(evaluation);
    Validation.begin()
        .rule(
            NAME.matcher(name).matches(),
            "name",
            '"' + name + '"',
            "must be made of letters, digits and . _ - + (it names a folder)")
        .rule(
            model.isPresent() != classifier.isPresent(),
            "model",
            model.isPresent() ? "both" : "",
            "must be given, or else a classifier to be trained instead")
        .rule(
            sampler.isPresent() || model.isEmpty(),
            "sampler",
            "",
            "must be given, to draw samples with the model")
        .rule(
            classifier.isEmpty() || training.isPresent(),
            "training",
            "",
            "must be given for a classifier")
        .rule(
            standardize || standardization.isEmpty(),
            "standardize",
            false,
            "must be true, or left out, where a standardization is given")
        .end();
    Validation.begin()
        .rule(
            sampling.ema().isEmpty() || decays(training).contains(sampling.ema().get()),
            "sampling.ema",
            sampling.ema().map(String::valueOf).orElse("none"),
            "must be one of training.averaging.decays, " + decays(training))
        .rule(
            model.isEmpty() || !model.get().conditional() || labelDropout(training).orElse(0) < 1,
            "training.labelDropout",
            1,
            "must be below 1 for a model that takes classes, or it never sees one; to train without"
                + " classes, set \"classes\" of the model to 0")
        .end();
    checkControls(model, training, control);
    try {
      sampler.ifPresent(each -> each.check(sde));
    } catch (InvalidValueException e) {
      throw new InvalidValueException(
          e.faults().stream()
              .map(f -> new Fault("sampler." + f.component(), f.found(), f.rule()))
              .toList());
    }
  }

  /** The same with a standardization spelled out. */
  public Recipe standardized(Standardization measured) {
    return new Recipe(
        name,
        seed,
        data,
        true,
        Optional.of(measured),
        sde,
        model,
        classifier,
        loss,
        training,
        compute,
        checkpoints,
        logging,
        sampler,
        control,
        sampling,
        reference,
        evaluation);
  }

  /**
   * A recipe of these parts, with defaults for all else: the seed 0, denoising score matching,
   * Heun's method, 64 samples.
   *
   * @param sampler how samples are drawn
   */
  public static Recipe of(Dataset data, Sde sde, ScoreModel model, Loss loss, Sampler sampler) {
    return new Recipe(
        "run",
        0,
        data,
        true,
        Optional.empty(),
        sde,
        Optional.of(model),
        Optional.empty(),
        loss,
        Optional.empty(),
        new Compute(),
        new CheckpointSettings(),
        new Logging(),
        Optional.of(sampler),
        List.of(),
        new Sampling(),
        Optional.empty(),
        List.of());
  }

  /**
   * A recipe of these parts, with the defaults that a recipe in JSON has for all else, and Heun's
   * method as its sampler. Plugins come from the module path or class path.
   *
   * @throws BadInput if a part is no plugin there
   */
  public static Recipe of(Dataset data, Sde sde, ScoreModel model) {
    PluginCatalogue catalogue = PluginCatalogue.load(List.of());
    var writer = new RecipeWriter(catalogue);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("data", writer.plugin(Service.DATASET, data));
    json.set("sde", writer.plugin(Service.SDE, sde));
    json.set("model", writer.plugin(Service.SCORE_MODEL, model));
    json.put("sampler", "heun");
    Path here = Path.of("").toAbsolutePath();
    var text = new RecipeText("recipe", "run", here, json.toString());
    return new RecipeReader(catalogue).read(text, List.of());
  }

  /** The same with a training. */
  public Recipe with(Training other) {
    return with(Optional.of(other), compute, checkpoints, logging);
  }

  /** The same computed on other things. */
  public Recipe with(Compute other) {
    return with(training, other, checkpoints, logging);
  }

  /** The same that is saved at other times. */
  public Recipe with(CheckpointSettings other) {
    return with(training, compute, other, logging);
  }

  /** The same that tells other things of itself. */
  public Recipe with(Logging other) {
    return with(training, compute, checkpoints, other);
  }

  private Recipe with(
      Optional<Training> training,
      Compute compute,
      CheckpointSettings checkpoints,
      Logging logging) {
    return new Recipe(
        name,
        seed,
        data,
        standardize,
        standardization,
        sde,
        model,
        classifier,
        loss,
        training,
        compute,
        checkpoints,
        logging,
        sampler,
        control,
        sampling,
        reference,
        evaluation);
  }

  /** The same by another name and seed. */
  public Recipe named(String name, long seed) {
    return new Recipe(
        name,
        seed,
        data,
        standardize,
        standardization,
        sde,
        model,
        classifier,
        loss,
        training,
        compute,
        checkpoints,
        logging,
        sampler,
        control,
        sampling,
        reference,
        evaluation);
  }

  /** The same for other samples of the model. */
  public Recipe drawing(Sampler sampler, List<Control> control, Sampling sampling) {
    return new Recipe(
        name,
        seed,
        data,
        standardize,
        standardization,
        sde,
        model,
        classifier,
        loss,
        training,
        compute,
        checkpoints,
        logging,
        Optional.of(sampler),
        control,
        sampling,
        reference,
        evaluation);
  }

  /** The same for data as they are. */
  public Recipe unstandardized() {
    return new Recipe(
        name,
        seed,
        data,
        false,
        Optional.empty(),
        sde,
        model,
        classifier,
        loss,
        training,
        compute,
        checkpoints,
        logging,
        sampler,
        control,
        sampling,
        reference,
        evaluation);
  }

  private static void checkControls(
      Optional<ScoreModel> model, Optional<Training> training, List<Control> control) {
    for (int i = 0; i < control.size() && model.isPresent(); i++) {
      if (control.get(i) instanceof ClassGuidance guidance) {
        String path = "control[" + i + "].";
        try {
          guidance.check(model.get().conditional(), labelDropout(training));
        } catch (InvalidValueException e) {
          throw new InvalidValueException(
              e.faults().stream()
                  .map(f -> new Fault(path + f.component(), f.found(), f.rule()))
                  .toList());
        }
      }
    }
  }

  private static OptionalDouble labelDropout(Optional<Training> training) {
    return training.stream().mapToDouble(Training::labelDropout).findFirst();
  }

  /** The share of examples whose class is hidden in training; empty if that is unknown. */
  public OptionalDouble labelDropout() {
    return labelDropout(training);
  }

  private static List<Double> decays(Optional<Training> training) {
    return training.map(t -> t.averaging().decays()).orElse(List.of());
  }

  /** What samples are computed on. */
  public Compute samplingCompute() {
    return sampling.compute().map(own -> own.over(compute)).orElse(compute);
  }

  /** Where samples are drawn. */
  public Device device() {
    return new Device(samplingCompute().device());
  }

  /**
   * The model.
   *
   * @throws BadInput if the recipe trains a classifier instead
   */
  public ScoreModel scoreModel() {
    return model.orElseThrow(
        () -> new BadInput(name + ": this run trained a classifier, not a score model"));
  }
}
