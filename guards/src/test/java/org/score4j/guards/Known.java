package org.score4j.guards;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is left of old structure. These lists only shrink. */
final class Known {

  private Known() {}

  static final List<Set<String>> PACKAGE_CYCLES =
      List.of(
          // The public classes name the rooms that do their work, which name the public records.
          all(
              "org.score4j",
              " .evaluation .examples .flow .folder .label .run .sampling .size .training"),
          all("org.score4j.interop", " .checkpoint"));

  static final List<Set<String>> CLASS_CYCLES =
      List.of(
          // A model or loss and the presets that make it.
          all("org.score4j.model.", "NcsnV2 NcsnV2Preset"),
          all("org.score4j.model.", "DiffusionTransformer DiffusionTransformerPreset"),
          all("org.score4j.model.", "DdpmUnet DdpmUnetPreset"),
          all("org.score4j.model.", "DdpmPlusPlus DdpmPlusPlusPreset"),
          all(
              "org.score4j.model.",
              "AuthorsCode DiffusersNames InputPyramid NcsnPlusPlus "
                  + "NcsnPlusPlusPreset OutputPyramid ScoreUnet ScoreUnetReference"),
          all("org.score4j.loss.", "DenoisingScoreMatching DenoisingScoreMatchingPreset"),
          // The terms of formulas, and the class that hides behind their interface.
          all("org.score4j.api.", "Term TermInGraph"),
          // To be divided when next changed.
          all(
              "org.score4j.sampler.",
              "DpmSolverPlusPlus DpmSolverPlusPlus2M DpmSolverPlusPlus2MSde"),
          all("org.score4j.sampler.", "AncestralNoise AncestralPredictor"),
          all("org.score4j.runner.command.", "FailureWords RunnerCommand"),
          all("org.score4j.runner.console.", "ProgressBar ProgressDisplay"),
          all("org.score4j.runner.doctor.", "JvmFault NativeLibrary"),
          all("org.score4j.report.", "Exhibits Figures Report"),
          all("org.score4j.report.chart.", "Gallery ImageGallery PointGallery"),
          all("org.score4j.metric.", "GraphExtraction GraphTrial"),
          all("org.score4j.engine.weights.", "NamedCheckpoint TorchCheckpoint TrainedWeights"),
          all("org.score4j.format.torch.", "TorchArchive TorchFile TorchSequence"),
          all("org.score4j.", "Run SampleRequest TrainedModel"),
          all("org.score4j.training.", "Trainer TrainingLoop"),
          all("org.score4j.engine.size.", "ActivationSize NetworkSize"),
          all("org.score4j.engine.training.", "Diagnosis TrainingProgram"),
          all("org.score4j.sampling.", "FirstSamples Generator SampleFile"),
          all("org.score4j.engine.sampling.", "CompiledSampler Visits"),
          all("org.score4j.engine.gradient.", "CustomGradients SecondOrderGradients"),
          all("org.score4j.recipe.", "Completion Parts Recipe RecipeReader RecipeWriter"));

  static final Map<String, Integer> LARGE_PACKAGES =
      Map.of(
          "org.score4j.api", 60,
          "org.score4j.data", 44,
          "org.score4j.data.image", 31,
          "org.score4j.loss", 26,
          "org.score4j.metric", 26,
          "org.score4j.model", 75,
          "org.score4j.recipe", 26,
          "org.score4j.runner.command", 50,
          "org.score4j.sampler", 51);

  static final Set<String> NAME_OPTIONS =
      Set.of(
          // Options of java and javac.
          "org.score4j.recipe.plugin.ClassVersion",
          "org.score4j.recipe.plugin.PluginFolders",
          // Their messages are to name the setting, and the command its option.
          "org.score4j.data.BrokenImages",
          "org.score4j.data.ImageFolder",
          "org.score4j.data.TfRecord",
          "org.score4j.data.ZipImages",
          "org.score4j.evaluation.MeasuringFailure",
          "org.score4j.flow.Latents",
          "org.score4j.flow.Likelihood",
          "org.score4j.folder.Continuation",
          "org.score4j.folder.DataOpener",
          "org.score4j.folder.Manifest",
          "org.score4j.folder.NewOutput",
          "org.score4j.folder.RunData",
          "org.score4j.folder.RunFolder",
          "org.score4j.recipe.PluginNames",
          "org.score4j.recipe.RecipeReader",
          "org.score4j.recipe.Setting",
          "org.score4j.recipe.json.Problems",
          "org.score4j.run.Opening",
          "org.score4j.run.Run",
          "org.score4j.sampling.GivenStates",
          "org.score4j.training.FineTuning",
          "org.score4j.training.Trainer",
          "org.score4j.training.WeightSource");

  /** An image as Java knows it is what the library returns. */
  static final Set<String> USE_AWT = Set.of("org.score4j.Samples");

  private static Set<String> all(String prefix, String names) {
    return Stream.of(names.split(" ")).map(name -> prefix + name).collect(Collectors.toSet());
  }
}
