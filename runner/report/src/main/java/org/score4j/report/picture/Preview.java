package org.score4j.report.picture;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.score4j.api.Progress;
import org.score4j.engine.graph.Snapshot;
import org.score4j.folder.RunFolder;
import org.score4j.recipe.Recipe;
import org.score4j.sampling.Generator;
import org.score4j.sampling.SamplingFailure;

/** Pictures of what a model draws while it is still in training. */
public final class Preview {
  private final Recipe recipe;
  private final Generator generator;
  private final Pictures pictures;
  private final RunFolder folder;

  @Inject
  Preview(Recipe recipe, Generator generator, Pictures pictures, RunFolder folder) {
    this.recipe = recipe;
    this.generator = generator;
    this.pictures = pictures;
    this.folder = folder;
  }

  /**
   * Draws a picture of the recipe's first samples into the run's {@code previews} folder.
   *
   * @return the file; empty if nothing can be drawn, there is no picture of such data, or a sample
   *     is not finite
   */
  public Optional<Path> draw(Snapshot snapshot, int count, long step) {
    if (recipe.sampler().isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.previews().resolve(String.format(Locale.ROOT, "step-%08d.png", step));
    try {
      return pictures.samples(generator.draw(snapshot, count, step, Progress.NONE), file);
    } catch (SamplingFailure e) {
      // Early in training a sampler may well run away; that must not end the training.
      return Optional.empty();
    }
  }
}
