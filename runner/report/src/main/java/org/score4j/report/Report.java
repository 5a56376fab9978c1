package org.score4j.report;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.score4j.DrawnSamples;
import org.score4j.Monitor;
import org.score4j.RunListener;
import org.score4j.api.Metric;
import org.score4j.folder.RunFolder;
import org.score4j.format.FileFailure;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.chart.Html;
import org.score4j.report.chart.Page;
import org.score4j.report.chart.Page.Section;
import org.score4j.report.picture.Unmade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code report.html}: all that a run has to show, on one page that needs nothing but itself. */
public final class Report implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(Report.class);
  private static final String PARAMETERS = "model/";

  /** A page while training goes on may take a hundredth of the time. */
  private static final int SHARE = 100;

  private static final long LEAST_NANOS = 10_000_000_000L;

  private final RunFolder folder;
  private final Exhibits exhibits;
  private final Figures figures;
  private final Monitor monitor;
  private long lastCost;
  private long lastEnd = System.nanoTime();
  private boolean behind;

  @Inject
  Report(RunFolder folder, Exhibits exhibits, Figures figures, Monitor monitor) {
    this.folder = folder;
    this.exhibits = exhibits;
    this.figures = figures;
    this.monitor = monitor;
  }

  /** Writes the page if it has not been written for so long that it costs next to nothing. */
  @Override
  public void checkpoint(long step, Path file) {
    if (System.nanoTime() - lastEnd >= Math.max(LEAST_NANOS, SHARE * lastCost)) {
      writeIfPossible();
    }
  }

  /** Where the page is; empty if there is none, or it could not be written when it last should. */
  public Optional<Path> page() {
    return Optional.of(folder.report()).filter(file -> !behind && Files.isRegularFile(file));
  }

  /** Writes the page; a run is worth more than its page, so that nothing here can end it. */
  void writeIfPossible() {
    long start = System.nanoTime();
    behind = true;
    try {
      write(folder.report());
      behind = false;
    } catch (UncheckedIOException | BadInput e) {
      LOG.warn("{}; the run continues without its page", e.getMessage());
    } catch (RuntimeException | InternalError | LinkageError e) {
      LOG.warn("{} could not be written: {}", folder.report(), e.toString());
    }
    lastEnd = System.nanoTime();
    lastCost = lastEnd - start;
  }

  @Override
  public void finished(Outcome outcome) {
    writeIfPossible();
  }

  @Override
  public void measured(List<Metric.Measurement> measurements) {
    writeIfPossible();
  }

  @Override
  public void sampled(DrawnSamples drawn) {
    writeIfPossible();
  }

  /** Draws figures too, unless that takes long beside the training that was. */
  @Override
  public void completed() {
    if (figures.areCheap()) {
      drawFigures();
    }
    writeIfPossible();
  }

  private void drawFigures() {
    try {
      figures.draw((done, total) -> monitor.check());
    } catch (CancellationException e) {
      LOG.debug("no time for figures");
    } catch (RuntimeException | InternalError | LinkageError e) {
      LOG.warn("figures could not be drawn: {}", Unmade.why(e));
    }
  }

  /** Draws figures, and writes the page to a file, which appears whole or not at all. */
  public void complete(Path file) {
    drawFigures();
    write(file);
  }

  private void write(Path file) {
    RunFolder.writeAtomically(file, composed().html());
  }

  private Page composed() {
    RunStory story = story();
    List<Section> sections = new ArrayList<>();
    section("samples", "Data and samples", () -> exhibits.samples(story.manifest()))
        .ifPresent(sections::add);
    section("metrics", "Measured", () -> story.log().measurements().map(Report::unexplained))
        .ifPresent(sections::add);
    section("progress", "Samples over training", () -> exhibits.previews(story.done()))
        .ifPresent(sections::add);
    section("plane", "Score and paths", figures::shown).ifPresent(sections::add);
    section("training", "Training", () -> story.log().curves().map(Report::unexplained))
        .ifPresent(sections::add);
    section("noise", "Forward process", exhibits::noised).ifPresent(sections::add);
    section("recipe", "Recipe", () -> Optional.of(new Explained(RECIPE_NOTE, story.recipe())))
        .ifPresent(sections::add);
    section("made", "Made with", () -> Optional.of(unexplained(story.made())))
        .ifPresent(sections::add);
    return new Page(
        story.name(),
        story.status(),
        story.part(),
        story.lead(),
        story.facts(),
        sections,
        "Written " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ".");
  }

  private static final Html RECIPE_NOTE =
      Html.of("With every key spelt out, as in manifest.json, which can be run again.");

  /**
   * A part of the page.
   *
   * @param note what to know before looking; possibly nothing
   */
  record Explained(Html note, Html body) {}

  private static Explained unexplained(Html body) {
    return new Explained(Html.NOTHING, body);
  }

  /** A section, unless it has nothing to show, or cannot: the others are worth more. */
  private static Optional<Section> section(
      String id, String heading, Supplier<Optional<Explained>> content) {
    try {
      return content.get().map(c -> new Section(id, heading, c.note(), c.body()));
    } catch (RuntimeException | InternalError | LinkageError e) {
      LOG.warn("the page does without \"{}\": {}", heading, Unmade.why(e));
      return Optional.empty();
    }
  }

  private RunStory story() {
    try {
      JsonNode manifest = JsonMapper.shared().readTree(Files.readString(folder.manifest()));
      long saved = folder.trainedTo();
      return new RunStory(manifest, new RunLog(folder.logged()), saved, parameters());
    } catch (IOException e) {
      throw FileFailure.reading(folder.manifest(), e);
    }
  }

  private long parameters() {
    if (folder.checkpoints().isEmpty()) {
      return 0;
    }
    try {
      TensorFile checkpoint = TensorFile.open(folder.checkpoints().newestFile().orElseThrow());
      return checkpoint.names().stream()
          .filter(name -> name.startsWith(PARAMETERS))
          .mapToLong(name -> checkpoint.shape(name).size())
          .sum();
    } catch (TensorFileException e) {
      return 0;
    }
  }
}
