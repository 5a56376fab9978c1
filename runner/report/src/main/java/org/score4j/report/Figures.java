package org.score4j.report;

import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.folder.RunFolder;
import org.score4j.format.AsideFile;
import org.score4j.format.FileFault;
import org.score4j.format.text.Numerals;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeWriter;
import org.score4j.report.Report.Explained;
import org.score4j.report.chart.Html;
import org.score4j.report.chart.Picture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures of the plane, kept in {@code figures/} with their words, as drawing them asks the network
 * often.
 */
public final class Figures {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);
  private static final String WORDS = "figures.json";
  private static final String FIGURES = "figures";
  private static final String CHECKSUM = "crc32c";
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9-]+\\.png");

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
        .map(
            training ->
                new PreviewPlan(training, recipe.logging().previews(), examples.shape()).samples()
                    > 0)
        .orElse(true);
  }

  /** Draws the figures of the newest checkpoint, unless they are there or there is none. */
  void draw(Progress progress) {
    long step = folder.trainedTo();
    if (step == 0 && recipe.training().isPresent()) {
      return;
    }
    Optional<JsonNode> kept = kept();
    if (kept.isPresent()
        && kept.get().path("step").asLong(-1) == step
        && kept.get().path(FIGURES).size() > 0
        && kept.get().path(FIGURES).valueStream().allMatch(figure -> image(figure).isPresent())) {
      return;
    }
    List<PlaneFigures.Figure> drawn = figures.draw(progress);
    if (drawn.isEmpty()) {
      return;
    }
    ObjectNode words = JsonMapper.shared().createObjectNode();
    words.put("step", step);
    var list = words.putArray(FIGURES);
    folder.made(folder.figures());
    for (PlaneFigures.Figure figure : drawn) {
      String file = figure.title().toLowerCase(Locale.ROOT).replace(' ', '-') + ".png";
      byte[] png = png(figure.image());
      AsideFile.write(folder.figures().resolve(file), out -> out.write(png));
      list.addObject()
          .put("title", figure.title())
          .put("caption", figure.caption())
          .put("file", file)
          .put(CHECKSUM, checksum(png));
    }
    words.put(CHECKSUM, checksum(words));
    RunFolder.writeAtomically(words(), RecipeWriter.pretty(words) + "\n");
  }

  private static byte[] png(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String checksum(JsonNode words) {
    return checksum(words.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String checksum(byte[] bytes) {
    var sum = new CRC32C();
    sum.update(bytes);
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  private Path words() {
    return folder.figures().resolve(WORDS);
  }

  /** What was written of figures; empty if nothing was, or it is damaged. */
  private Optional<JsonNode> kept() {
    if (!Files.isRegularFile(words())) {
      return Optional.empty();
    }
    try {
      JsonNode kept = JsonMapper.shared().readTree(Files.readString(words()));
      if (isSound(kept)) {
        return Optional.of(kept);
      }
      LOG.warn("{}: is damaged; report draws the figures again", words());
    } catch (IOException e) {
      LOG.warn("{}: cannot be read: {}", words(), FileFault.reason(e));
    } catch (JacksonException e) {
      LOG.warn("{}: is damaged; report draws the figures again", words());
    }
    return Optional.empty();
  }

  /** Earlier versions wrote no checksum of the words. */
  private static boolean isSound(JsonNode kept) {
    if (!(kept instanceof ObjectNode words)) {
      return false;
    }
    JsonNode sum = words.remove(CHECKSUM);
    return sum == null || sum.asString("").equals(checksum(words));
  }

  /** The figures that were drawn last; empty if none were. */
  Optional<Explained> shown() {
    Optional<JsonNode> kept = kept();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    JsonNode words = kept.get();
    List<Html> shown = new ArrayList<>();
    for (JsonNode figure : words.path(FIGURES)) {
      image(figure).ifPresent(image -> shown.add(figure(figure, image)));
    }
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    long step = words.path("step").asLong(0);
    Html note = step == 0 ? Html.NOTHING : Html.of("Drawn after step %s.", Numerals.count(step));
    return Optional.of(new Explained(note, Html.all(shown)));
  }

  /** A picture as it was drawn; empty, with a warning, if it is missing or damaged. */
  private Optional<BufferedImage> image(JsonNode words) {
    String name = words.path("file").asString("");
    Path file = folder.figures().resolve(FILE.matcher(name).matches() ? name : WORDS);
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("no regular file");
      }
      byte[] png = Files.readAllBytes(file);
      Optional<BufferedImage> image =
          words.has(CHECKSUM) && !words.path(CHECKSUM).asString("").equals(checksum(png))
              ? Optional.empty()
              : Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(png)));
      if (image.isEmpty()) {
        LOG.warn("{}: is damaged; report draws it again", file);
      }
      return image;
    } catch (IOException e) {
      LOG.warn("{}: cannot be read: {}", file, FileFault.reason(e));
      return Optional.empty();
    }
  }

  private static Html figure(JsonNode words, BufferedImage image) {
    String title = words.path("title").asString("");
    return Html.of(
        "<figure class=\"plate\"><figcaption><b>%s</b> %s</figcaption>%s</figure>",
        title, words.path("caption").asString(""), new Picture(image, SCALE, title).html());
  }
}
