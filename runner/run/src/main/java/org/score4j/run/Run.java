package org.score4j.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.score4j.DrawnSamples;
import org.score4j.Monitor;
import org.score4j.RunListener;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Metric;
import org.score4j.evaluation.DrawnLog;
import org.score4j.evaluation.Evaluation;
import org.score4j.evaluation.Evaluator;
import org.score4j.examples.Standardizing;
import org.score4j.folder.Manifest;
import org.score4j.folder.RunFolder;
import org.score4j.folder.StartOptions;
import org.score4j.folder.TrainingState;
import org.score4j.format.TensorFile;
import org.score4j.label.ClassNotes;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.Training;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.sampling.Generator;
import org.score4j.sampling.GivenStates;
import org.score4j.sampling.SampleFile;
import org.score4j.sampling.SamplingFailure;
import org.score4j.size.SizeCheck;
import org.score4j.training.FineTuning;
import org.score4j.training.Trainer;

/** The stages of a run, with what the user sees of them. */
public final class Run {
  private final Recipe recipe;
  private final RunFolder folder;
  private final Manifest manifest;
  private final Trainer trainer;
  private final FineTuning fineTuning;
  private final StartOptions start;
  private final Generator generator;
  private final Evaluator evaluator;
  private final SizeCheck sizes;
  private final Monitor monitor;
  private final RunListener listener;
  private final DrawnLog log;
  private final Standardizing standardizing;
  private final SampleLabels labels;
  private final ClassNotes classNotes;

  @Inject
  Run(
      Recipe recipe,
      RunFolder folder,
      Manifest manifest,
      Trainer trainer,
      FineTuning fineTuning,
      StartOptions start,
      Generator generator,
      Evaluator evaluator,
      SizeCheck sizes,
      Monitor monitor,
      RunListener listener,
      DrawnLog log,
      Standardizing standardizing,
      SampleLabels labels,
      ClassNotes classNotes) {
    this.recipe = recipe;
    this.folder = folder;
    this.manifest = manifest;
    this.trainer = trainer;
    this.fineTuning = fineTuning;
    this.start = start;
    this.generator = generator;
    this.evaluator = evaluator;
    this.sizes = sizes;
    this.monitor = monitor;
    this.listener = listener;
    this.log = log;
    this.standardizing = standardizing;
    this.labels = labels;
    this.classNotes = classNotes;
  }

  /**
   * Tries the recipe's metrics and classes and estimates its sizes, so that what does not suit the
   * data or the machine is reported before hours of training.
   *
   * @throws org.score4j.api.InvalidValueException if there is anything
   */
  public void checkSampling() {
    labels.check();
    recipe.training().ifPresent(sizes::training);
    if (recipe.model().isPresent()) {
      sizes.sampling();
    }
    evaluator.begin(recipe.sampling().count()).close();
  }

  /**
   * Trains to the recipe's last step; a model that needs no training is left alone.
   *
   * @throws CancellationException if interrupted; what is done is then saved
   */
  public void train() {
    recipe.training().ifPresent(trainer::check);
    recipe.training().ifPresent(sizes::training);
    List<String> told =
        start
            .from()
            .map(from -> fineTuning.begin(from, start.weights(), start.partial()))
            .orElseGet(() -> manifest.writeTo(folder));
    told.forEach(monitor::note);
    standardizing.notes().forEach(monitor::note);
    if (recipe.training().isEmpty()) {
      return;
    }
    classNotes.ofTraining().forEach(monitor::note);
    Training training = recipe.training().get();
    RunListener.Outcome outcome;
    try {
      outcome = trainer.run(training, listener, (done, total) -> monitor.check());
    } catch (InvalidValueException e) {
      noteFault(e);
      throw e;
    }
    if (!outcome.complete()) {
      throw new CancellationException("interrupted");
    }
  }

  /** An example that cannot be read costs no run: once it is repaired, the run goes on. */
  private void noteFault(InvalidValueException fault) {
    long done = folder.trainedTo();
    if (done == 0 || !RecipeReader.isOfData(recipe, fault)) {
      return;
    }
    manifest.noteFault(folder, done, fault.getMessage());
    monitor.note(
        "stopped after step "
            + done
            + ", which is saved, at an example that cannot be read; repair or remove it, and give"
            + " the same command again");
  }

  /** Draws the recipe's number of samples by its seed and measures them, unless it has no model. */
  public Optional<DrawnSamples> sampleIfAny() {
    return recipe
        .model()
        .map(
            unused -> {
              DrawnSamples drawn = sample(Optional.empty());
              listener.completed();
              return drawn;
            });
  }

  /**
   * Draws samples and measures them.
   *
   * @param seed which samples; the recipe's seed if empty
   * @throws SamplingFailure if a sample is not finite
   */
  public DrawnSamples sample(Optional<Long> seed) {
    return sample(seed, Optional.empty());
  }

  /**
   * The same from given states.
   *
   * @param input a file of states at the end time; the samples are draws from the prior if empty
   * @throws BadInput if the file does not hold as many states as samples are wanted
   */
  public DrawnSamples sample(Optional<Long> seed, Optional<Path> input) {
    if (recipe.model().isEmpty()) {
      throw new BadInput(
          folder.path()
              + ": this run trained a classifier, which guides sampling but draws no samples");
    }
    long chosen = seed.orElse(recipe.seed());
    int count = recipe.sampling().count();
    labels.check();
    classNotes.ofSampling(!recipe.evaluation().isEmpty()).forEach(monitor::note);
    Optional<GivenStates> given = input.map(generator::given);
    given.ifPresent(states -> states.checkCount(count));
    given.flatMap(states -> states.note(recipe.sde())).ifPresent(monitor::note);
    evaluator.tooFew(count).forEach(few -> monitor.note("not measured: " + few));
    sizes.sampling();
    // Opened first: what is wrong with a metric is told before there are samples.
    try (Evaluation evaluation = evaluator.begin(count)) {
      return sample(count, chosen, given, evaluation);
    }
  }

  private DrawnSamples sample(
      int count, long chosen, Optional<GivenStates> given, Evaluation evaluation) {
    Optional<TensorFile> checkpoint = folder.newestCheckpoint();
    long start = System.nanoTime();
    long[] measuring = {0};
    Generator.Drawn drawn;
    Path file;
    boolean whole;
    try (SampleFile kept = open(count, chosen, given, checkpoint)) {
      drawn =
          draw(
              checkpoint,
              kept,
              count,
              chosen,
              given,
              (values, some) -> {
                long before = System.nanoTime();
                evaluation.generated(values, some);
                measuring[0] += System.nanoTime() - before;
              });
      file = kept.finish();
      whole = kept.before() == 0;
    }
    double seconds = (System.nanoTime() - start - measuring[0]) / 1e9;
    List<Metric.Measurement> measurements = measured(evaluation);
    Optional<Double> taken = whole ? Optional.of(seconds) : Optional.empty();
    if (given.isEmpty()) {
      // What the run is known by are samples from the prior.
      log.add(count, chosen, drawn, taken, measurements);
    }
    var samples =
        new DrawnSamples(
            count,
            chosen,
            drawn.step(),
            drawn.evaluations(),
            file,
            generator.shape(),
            measurements);
    listener.sampled(samples);
    return samples;
  }

  /** The samples are there; that they cannot be compared with data must not cost them. */
  private List<Metric.Measurement> measured(Evaluation evaluation) {
    try {
      return evaluation.result();
    } catch (BadInput missing) {
      missing.lines().forEach(line -> monitor.note("not measured: " + line));
      return List.of();
    }
  }

  private SampleFile open(
      int count, long seed, Optional<GivenStates> given, Optional<TensorFile> checkpoint) {
    Map<String, String> texts = manifest.drawing();
    long step = checkpoint.map(c -> TrainingState.of(c).step()).orElse(0L);
    texts.put("step", Long.toString(step));
    texts.put("labels", manifest.labels().toString());
    texts.put("labelShares", labels.source());
    manifest.classNames().ifPresent(names -> texts.put("classNames", names));
    checkpoint.flatMap(TensorFile::checksum).ifPresent(sum -> texts.put("checkpoint", sum));
    return generator.file(
        count,
        seed,
        given,
        String.format(
            Locale.ROOT,
            "%s%s-seed-%d-count-%d%s",
            manifest.method(),
            labels.suffix(),
            seed,
            count,
            given.isPresent() ? "-input" : ""),
        texts);
  }

  private Generator.Drawn draw(
      Optional<TensorFile> checkpoint,
      SampleFile kept,
      int count,
      long seed,
      Optional<GivenStates> given,
      Generator.Sink sink) {
    try (Monitor.Stage stage = monitor.begin("sample", "step", 0)) {
      if (kept.before() > 0) {
        monitor.note(
            String.format(Locale.ROOT, "resuming after sample %d of %d", kept.before(), count));
        kept.replay(
            (values, some) -> {
              monitor.check();
              sink.take(values, some);
            });
      }
      return generator.stream(
          checkpoint,
          kept.before(),
          count,
          seed,
          given,
          stage,
          (values, some) -> {
            kept.take(values, some);
            sink.take(values, some);
          });
    } catch (CancellationException e) {
      monitor.note(
          kept.count() > 0
              ? String.format(
                  Locale.ROOT,
                  "interrupted after sample %d of %d; to resume, give the same command again",
                  kept.count(),
                  count)
              : "interrupted while sampling; to draw the samples, give the same command again");
      throw e;
    }
  }

  /**
   * Measures the recipe's number of samples, none of which is kept.
   *
   * @param seed which samples; the recipe's seed if empty
   * @throws BadInput if there is nothing to measure, too little to measure it with, or nothing to
   *     draw samples with
   */
  public List<Metric.Measurement> evaluate(Optional<Long> seed) {
    recipe.scoreModel();
    if (recipe.evaluation().isEmpty()) {
      throw new BadInput(
          folder.path()
              + ": its recipe measures nothing; name metrics, as in --set"
              + " 'evaluation=[\"fid\", \"precision-recall\"]'");
    }
    long chosen = seed.orElse(recipe.seed());
    int count = recipe.sampling().count();
    refuseTooFew(count);
    labels.check();
    classNotes.ofSampling(true).forEach(monitor::note);
    try (Evaluation evaluation = evaluator.begin(count);
        Monitor.Stage stage = monitor.begin("evaluate", "step", 0)) {
      evaluation.checkReal();
      Generator.Drawn drawn =
          generator.stream(
              folder.newestCheckpoint(),
              0,
              count,
              chosen,
              stage,
              (values, drawnNow) -> {
                Generator.refuseNonFinite(values, drawnNow);
                evaluation.generated(values, drawnNow);
              });
      List<Metric.Measurement> measurements = evaluation.result();
      log.add(count, chosen, drawn, Optional.empty(), measurements);
      listener.measured(measurements);
      return measurements;
    }
  }

  /**
   * Measures the run's own data in place of samples: as near as samples of a perfect model come.
   *
   * @return empty if there is no reference apart from the data; a density without end has one
   * @throws BadInput if there is too little to measure it with
   */
  public Optional<List<Metric.Measurement>> floor() {
    refuseTooFew(recipe.sampling().count());
    return log.floor();
  }

  private void refuseTooFew(int count) {
    List<String> tooFew = evaluator.tooFew(count);
    if (!tooFew.isEmpty()) {
      throw new BadInput(tooFew);
    }
  }
}
