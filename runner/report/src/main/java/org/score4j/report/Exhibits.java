package org.score4j.report;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PixelRange;
import org.score4j.examples.ExampleValues;
import org.score4j.examples.Units;
import org.score4j.folder.RunFolder;
import org.score4j.format.FileFailure;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.format.text.Numerals;
import org.score4j.label.ExamplesOfClasses;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.Report.Explained;
import org.score4j.report.chart.Gallery;
import org.score4j.report.chart.Html;
import org.score4j.sampling.SampleFile;
import org.score4j.sampling.ShownRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Data and samples of a run as its page shows them. */
public final class Exhibits {
  private static final Logger LOG = LoggerFactory.getLogger(Exhibits.class);
  private static final int SPAN = 1000;
  private static final int MOST_PREVIEWS = 12;
  private static final String TENSOR = SampleFile.TENSOR;

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Previews previews;
  private final Set<Path> damaged = new HashSet<>();

  @Inject
  Exhibits(Recipe recipe, Examples examples, RunFolder folder, Previews previews) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.previews = previews;
  }

  /**
   * The samples that the recipe draws, or else the newest, beside data; empty if there are none.
   */
  Optional<Explained> samples(JsonNode manifest) {
    Optional<TensorFile> file = newest(manifest);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    TensorFile drawn = file.get();
    long count = drawn.shape(TENSOR).get(0);
    ShownClasses classes = ShownClasses.of(drawn, count);
    Optional<Gallery> gallery = gallery(classes.columns());
    if (gallery.isEmpty()) {
      return Optional.empty();
    }
    int shown = (int) Math.min(count, gallery.get().most());
    ShownClasses order = classes.first(shown);
    List<Html> figures = new ArrayList<>();
    data(order.labels(), shown, examples.shape().numDimensions() == 3)
        .ifPresent(
            data ->
                figures.add(
                    figure("Data", Html.NOTHING, gallery.get().large(data, "data", "data"))));
    Html told =
        Html.text((shown < count ? Numerals.count(shown) + " of " : "") + Numerals.count(count));
    Html source = Html.of("<small>%s</small>", drawn.path().getFileName());
    float[] samples = order.sorted(first(drawn, shown));
    Html picture = gallery.get().large(samples, TENSOR, "samples");
    figures.add(figure("Samples", told, Html.of("%s%s", picture, source)));
    return Optional.of(
        new Explained(
            Html.text(note(gallery.get(), order)),
            Html.of("<div class=\"pair\">%s</div>", Html.all(figures))));
  }

  private String note(Gallery gallery, ShownClasses order) {
    boolean images = examples.shape().numDimensions() == 3;
    return (gallery.note() + " " + (images ? order.note(examples.classNames()) : "")).strip();
  }

  /** Of a file that may be larger than memory, no more than is shown. */
  private static float[] first(TensorFile samples, int count) {
    int size = Math.toIntExact(samples.shape(TENSOR).size() / samples.shape(TENSOR).get(0));
    double[] numbers = samples.numbers(TENSOR, 0, count * size);
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return values;
  }

  /** What the forward process makes of data; empty if there are none to show. */
  Optional<Explained> noised() {
    Optional<Gallery> gallery = gallery(0);
    Units units = Units.of(examples);
    Optional<float[]> data =
        gallery.flatMap(shown -> data(inTurn(shown.few()), shown.few(), false)).map(units::ofModel);
    if (gallery.isEmpty() || data.isEmpty()) {
      return Optional.empty();
    }
    var noising = new Noising(recipe.sde(), examples.pixels());
    List<Html> figures = new ArrayList<>();
    for (NoiseLevel level : noising.levels()) {
      Html picture =
          gallery
              .get()
              .small(
                  units.ofData(noising.shown(data.get(), level)), "data", "data at t " + level.t());
      String told = "t = " + Numerals.significant(level.t(), 3);
      Html sizes =
          Html.of(
              "<small>α %s, σ %s</small>",
              Numerals.significant(level.alpha(), 2), Numerals.significant(level.sigma(), 2));
      figures.add(figure(told, Html.NOTHING, Html.of("%s%s", picture, sizes)));
    }
    return Optional.of(
        new Explained(
            Html.text(
                "Data x with noise z of variance 1, as (α x + σ z) / √(α² + σ²), at equal steps of"
                    + " the logarithm of the signal-to-noise ratio."),
            Html.of("<div class=\"strip\">%s</div>", Html.all(figures))));
  }

  /** What the model drew on its way; empty if nothing was kept. */
  Optional<Explained> previews(long done) {
    SortedMap<Long, float[]> kept = previews.upTo(done);
    Optional<Gallery> gallery = gallery(0);
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
                "The same few samples at each step, drawn by dpm-solver++ with NFE %s.",
                PreviewPlan.EVALUATIONS),
            Html.of("<div class=\"strip\">%s</div>", Html.all(figures))));
  }

  private static Html figure(String name, Html told, Html picture) {
    return Html.of("<figure><figcaption><b>%s</b> %s</figcaption>%s</figure>", name, told, picture);
  }

  private Optional<Gallery> gallery(int columns) {
    boolean points = examples.shape().numDimensions() == 1;
    Optional<float[]> around =
        points ? data(new int[0], SPAN, false).or(this::drawn) : Optional.of(new float[0]);
    return around.flatMap(
        span ->
            Gallery.of(
                examples.shape().asArray(),
                points ? PixelRange.UNIT : ShownRange.of(examples),
                columns,
                span));
  }

  /** Samples, where there are no data to say which part of space is to be shown. */
  private Optional<float[]> drawn() {
    return newest(MissingNode.getInstance())
        .map(file -> first(file, (int) Math.min(SPAN, file.shape(TENSOR).get(0))));
  }

  /** Of labelled data one of each class in turn; nothing of others. */
  private int[] inTurn(int count) {
    return examples.classes() == 0
        ? new int[0]
        : IntStream.range(0, count).map(n -> n % examples.classes()).toArray();
  }

  /**
   * Examples in their own units, or those of wanted classes.
   *
   * @param labels the class of each; empty for any
   * @param blanks whether NaN stands for examples that are not found, so that the others keep their
   *     places; else they are left out
   * @return empty if there is nothing to read
   */
  private Optional<float[]> data(int[] labels, int wanted, boolean blanks) {
    int count = (int) Math.min(wanted, examples.size().orElse(Long.MAX_VALUE));
    try {
      if (count == 0) {
        return Optional.empty();
      }
      float[] values =
          labels.length == 0 || examples.classes() == 0
              ? ExampleValues.spread(examples, 0, count, count)
              : ofClasses(labels, blanks);
      return Optional.of(values)
          .filter(found -> found.length > 0)
          .map(found -> Units.of(examples).ofData(found));
    } catch (InvalidValueException | BadInput e) {
      return Optional.empty();
    }
  }

  private float[] ofClasses(int[] labels, boolean blanks) {
    int size = Math.toIntExact(examples.shape().size());
    float[] values = new float[labels.length * size];
    int next = 0;
    int end = 0;
    for (long number : ExamplesOfClasses.find(examples, labels)) {
      if (number >= 0) {
        System.arraycopy(ExampleValues.of(examples, number, 1), 0, values, next * size, size);
        end = ++next;
      } else if (blanks) {
        Arrays.fill(values, next * size, (next + 1) * size, Float.NaN);
        next++;
      }
    }
    return Arrays.copyOf(values, end * size);
  }

  private Optional<TensorFile> newest(JsonNode manifest) {
    if (!Files.isDirectory(folder.samples())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder.samples())) {
      List<TensorFile> bestLast =
          files
              .filter(file -> file.getFileName().toString().endsWith(".safetensors"))
              .sorted(Comparator.comparing(Exhibits::time).thenComparing(Comparator.naturalOrder()))
              .flatMap(file -> opened(file).stream())
              .sorted(Comparator.comparing(file -> asTheRecipe(file, manifest)))
              .toList();
      return IntStream.iterate(bestLast.size() - 1, i -> i >= 0, i -> i - 1)
          .mapToObj(bestLast::get)
          .filter(this::isSound)
          .findFirst();
    } catch (IOException e) {
      throw FileFailure.listing(folder.samples(), e);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
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
      warn(path, e);
      return Optional.empty();
    }
  }

  private boolean isSound(TensorFile file) {
    try {
      TensorFile.openSound(file.path());
      return true;
    } catch (TensorFileException e) {
      warn(file.path(), e);
      return false;
    }
  }

  private void warn(Path path, TensorFileException fault) {
    if (damaged.add(path)) {
      LOG.warn("{}; the page does without these samples", fault.getMessage());
    }
  }

  private static boolean asTheRecipe(TensorFile file, JsonNode manifest) {
    return file.metadata().getOrDefault("sampler", "").equals(manifest.path("sampler").toString())
        && file.metadata().getOrDefault("labels", "").equals(labels(manifest))
        && file.metadata().getOrDefault("control", "").equals(manifest.path("control").toString());
  }

  /** Blank where the manifest was written before there was a choice. */
  private static String labels(JsonNode manifest) {
    JsonNode labels = manifest.path("sampling").path("labels");
    return labels.isMissingNode() ? "" : labels.toString();
  }
}
