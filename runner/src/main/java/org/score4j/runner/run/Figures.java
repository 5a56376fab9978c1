package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeWriter;
import org.score4j.runner.report.Html;
import org.score4j.runner.report.Numerals;
import org.score4j.runner.report.Picture;
import org.score4j.runner.run.Report.Explained;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures of the plane, kept in {@code figures/} with their words, as drawing them asks the network
 * often.
 */
public final class Figures {
  private static final String WORDS = "figures.json";

  /** As figures have two pixels for one of their width. */
  private static final double SCALE = 0.5;

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final PlaneFigures figures;

  @Inject
  Figures(Recipe recipe, Examples examples, RunFolder folder, PlaneFigures figures) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.figures = figures;
  }

  /** Whether they take but little of the time beside the run's training, if it has one. */
  boolean areCheap() {
    return recipe
        .training()
        .map(training -> new PreviewPlan(training, examples.shape()).samples() > 0)
        .orElse(true);
  }

  /** Draws the figures of the newest checkpoint, unless they are there or there is none. */
  void draw(Progress progress) {
    long step = folder.trainedTo();
    if (step == 0 && recipe.training().isPresent()) {
      return;
    }
    if (Files.exists(words()) && read().path("step").asLong(-1) == step) {
      return;
    }
    List<PlaneFigures.Figure> drawn = figures.draw(progress);
    if (drawn.isEmpty()) {
      return;
    }
    ObjectNode words = JsonMapper.shared().createObjectNode();
    words.put("step", step);
    var list = words.putArray("figures");
    try {
      Files.createDirectories(folder.figures());
      for (PlaneFigures.Figure figure : drawn) {
        String file = figure.title().toLowerCase(Locale.ROOT).replace(' ', '-') + ".png";
        ImageIO.write(figure.image(), "png", folder.figures().resolve(file).toFile());
        list.addObject()
            .put("title", figure.title())
            .put("caption", figure.caption())
            .put("file", file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.figures() + ": " + e, e);
    }
    RunFolder.writeAtomically(words(), RecipeWriter.pretty(words) + "\n");
  }

  private Path words() {
    return folder.figures().resolve(WORDS);
  }

  private JsonNode read() {
    try {
      return JsonMapper.shared().readTree(Files.readString(words()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + words() + ": " + e, e);
    }
  }

  /** The figures that were drawn last; empty if none were. */
  Optional<Explained> shown() {
    if (!Files.exists(words())) {
      return Optional.empty();
    }
    JsonNode words = read();
    List<Html> shown = new ArrayList<>();
    for (JsonNode figure : words.path("figures")) {
      shown.add(figure(figure));
    }
    long step = words.path("step").asLong();
    Html note = step == 0 ? Html.NOTHING : Html.of("Drawn after step %s.", Numerals.count(step));
    return Optional.of(new Explained(note, Html.all(shown)));
  }

  private Html figure(JsonNode words) {
    Path file = folder.figures().resolve(words.path("file").asString());
    String title = words.path("title").asString();
    try {
      return Html.of(
          "<figure class=\"plate\"><figcaption><b>%s</b> %s</figcaption>%s</figure>",
          title,
          words.path("caption").asString(),
          new Picture(ImageIO.read(file.toFile()), SCALE, title).html());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }
}
