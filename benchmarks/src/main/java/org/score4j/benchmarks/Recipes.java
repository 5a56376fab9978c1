package org.score4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.score4j.data.FashionMnist;
import org.score4j.data.Mixture;
import org.score4j.data.NoImages;
import org.score4j.loss.DenoisingScoreMatching;
import org.score4j.loss.SigmaSquaredWeight;
import org.score4j.loss.UniformTimes;
import org.score4j.model.DdpmUnet;
import org.score4j.model.EdmPreconditioned;
import org.score4j.model.Mlp;
import org.score4j.optimizer.Adam;
import org.score4j.optimizer.Constant;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.RecipeWriter;
import org.score4j.sampler.EulerMaruyama;
import org.score4j.sampler.LangevinCorrector;
import org.score4j.sampler.PredictorCorrector;
import org.score4j.sampler.ReverseDiffusion;
import org.score4j.sampler.UniformGrid;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import tools.jackson.databind.node.ObjectNode;

/** The recipes of what is measured. */
final class Recipes {
  private static final PluginCatalogue PLUGINS =
      PluginCatalogue.of(
          List.of(
              FashionMnist.class,
              Mixture.class,
              NoImages.class,
              VarianceExploding.class,
              VariancePreserving.class,
              DdpmUnet.class,
              EdmPreconditioned.class,
              Mlp.class,
              DenoisingScoreMatching.class,
              SigmaSquaredWeight.class,
              UniformTimes.class,
              Adam.class,
              Constant.class,
              EulerMaruyama.class,
              PredictorCorrector.class,
              ReverseDiffusion.class,
              LangevinCorrector.class,
              UniformGrid.class));

  private Recipes() {}

  static Recipe read(Path file, String... settings) {
    return new RecipeReader(PLUGINS).read(file, List.of(settings));
  }

  /** Writes a recipe with other values, as in {@code model.dropout=0}, into a folder. */
  static Path variant(Path file, Path folder, String name, String... settings) {
    try {
      Path variant = Files.createDirectories(folder).resolve(name + ".json");
      return Files.writeString(
          variant, RecipeWriter.pretty(spelledOut(read(file, settings)).put("name", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recipe with every key. */
  static ObjectNode spelledOut(Recipe recipe) {
    return new RecipeWriter(PLUGINS).json(recipe);
  }
}
