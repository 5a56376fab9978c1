package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.engine.TensorFile;
import org.score4j.engine.TensorFileException;
import org.score4j.runner.report.Gallery;
import org.score4j.runner.report.Html;
import org.score4j.runner.report.Numerals;
import org.score4j.runner.run.Report.Explained;
import tools.jackson.databind.JsonNode;

/** Data and samples of a run as its page shows them. */
public final class Exhibits {
  private static final int SPAN = 1000;
  private static final int MOST_PREVIEWS = 12;
  private static final String TENSOR = "samples";

  private final Examples examples;
  private final RunFolder folder;
  private final Previews previews;

  @Inject
  Exhibits(Examples examples, RunFolder folder, Previews previews) {
    this.examples = examples;
    this.folder = folder;
    this.previews = previews;
  }

  /**
   * The samples that the recipe draws, or else the newest, beside data; empty if there are none.
   */
  Optional<Explained> samples(JsonNode manifest) {
    Optional<TensorFile> file = newest(manifest);
    Optional<Gallery> gallery = gallery();
    if (file.isEmpty() || gallery.isEmpty()) {
      return Optional.empty();
    }
    TensorFile drawn = file.get();
    float[] values = drawn.values(TENSOR);
    long count = drawn.shape(TENSOR).get(0);
    List<Html> figures = new ArrayList<>();
    data((int) Math.min(count, gallery.get().most()))
        .ifPresent(
            data ->
                figures.add(
                    figure("Data", Html.NOTHING, gallery.get().large(data, "data", "data"))));
    int shown = (int) Math.min(count, gallery.get().most());
    Html told =
        Html.of(
            "%s, %s",
            shown < count
                ? Numerals.count(shown) + " of " + Numerals.count(count)
                : Numerals.count(count),
            drawn.path().getFileName());
    figures.add(figure("Samples", told, gallery.get().large(values, TENSOR, "samples")));
    return Optional.of(
        new Explained(
            Html.text(gallery.get().note()),
            Html.of("<div class=\"pair\">%s</div>", Html.all(figures))));
  }

  /** What the model drew on its way; empty if nothing was kept. */
  Optional<Explained> previews(long done) {
    SortedMap<Long, float[]> kept = previews.upTo(done);
    Optional<Gallery> gallery = gallery();
    if (kept.isEmpty() || gallery.isEmpty()) {
      return Optional.empty();
    }
    List<Html> figures = new ArrayList<>();
    int every = (kept.size() + MOST_PREVIEWS - 1) / MOST_PREVIEWS;
    int left = kept.size() - 1;
    for (Map.Entry<Long, float[]> preview : kept.entrySet()) {
      if (left-- % every == 0) {
        String told = "step " + Numerals.count(preview.getKey());
        Html picture = gallery.get().small(preview.getValue(), TENSOR, "samples after " + told);
        figures.add(figure(told, Html.NOTHING, picture));
      }
    }
    return Optional.of(
        new Explained(
            Html.of(
                "The same few samples at each step, drawn in %s evaluations by dpm-solver++.",
                PreviewPlan.EVALUATIONS),
            Html.of("<div class=\"strip\">%s</div>", Html.all(figures))));
  }

  private static Html figure(String name, Html told, Html picture) {
    return Html.of("<figure><figcaption><b>%s</b> %s</figcaption>%s</figure>", name, told, picture);
  }

  private Optional<Gallery> gallery() {
    return data(SPAN)
        .or(() -> Optional.of(new float[Math.toIntExact(examples.shape().size())]))
        .flatMap(
            data ->
                Gallery.of(
                    examples.shape().asArray(),
                    examples.pixels().orElse(PixelRange.UNIT),
                    examples.classes(),
                    data));
  }

  /**
   * The first examples; of classes, which samples have in turn, the first of each in turn.
   *
   * @return empty if there is nothing to read
   */
  private Optional<float[]> data(int wanted) {
    int count = (int) Math.min(wanted, examples.size().orElse(Long.MAX_VALUE));
    try {
      return count == 0 ? Optional.empty() : Optional.of(Evaluator.values(examples, 0, count));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private Optional<TensorFile> newest(JsonNode manifest) {
    if (!Files.isDirectory(folder.samples())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder.samples())) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".safetensors"))
          .sorted(Comparator.comparing(Exhibits::time).thenComparing(Comparator.naturalOrder()))
          .flatMap(file -> opened(file).stream())
          .reduce(
              (one, next) ->
                  asTheRecipe(one, manifest) && !asTheRecipe(next, manifest) ? one : next);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder.samples() + ": " + e, e);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<TensorFile> opened(Path path) {
    try {
      TensorFile file = TensorFile.open(path);
      return Optional.of(file)
          .filter(f -> f.contains(TENSOR))
          .filter(
              f ->
                  f.shape(TENSOR)
                      .subShape(1, f.shape(TENSOR).numDimensions())
                      .equals(examples.shape()));
    } catch (TensorFileException e) {
      return Optional.empty();
    }
  }

  private static boolean asTheRecipe(TensorFile file, JsonNode manifest) {
    return file.metadata().getOrDefault("sampler", "").equals(manifest.path("sampler").toString())
        && file.metadata().getOrDefault("control", "").equals(manifest.path("control").toString());
  }
}
