package org.score4j.sampling;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Progress;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.score.ScoreProgram;
import org.score4j.engine.training.ParameterAverage;
import org.score4j.examples.ExampleValues;
import org.score4j.examples.Units;
import org.score4j.folder.RunFolder;
import org.score4j.folder.SetAside;
import org.score4j.folder.TrainingState;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.size.ArraySize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.ndarray.Shape;

/** Draws samples with the averaged parameters of the run's newest checkpoint. */
public final class Generator {
  private static final Logger LOG = LoggerFactory.getLogger(Generator.class);

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Classifiers classifiers;
  private final Units units;
  private final SampleLabels labels;

  @Inject
  public Generator(
      Recipe recipe,
      Examples examples,
      RunFolder folder,
      Classifiers classifiers,
      SampleLabels labels) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.classifiers = classifiers;
    this.units = Units.of(examples);
    this.labels = labels;
  }

  /**
   * The first samples of the recipe's seed, row-major and in the units of the data, with parameters
   * that are being trained.
   *
   * @throws SamplingFailure if a sample is not finite
   */
  public float[] draw(Snapshot snapshot, int count, long step, Progress progress) {
    var samples = new FirstSamples(count, Math.toIntExact(examples.shape().size()));
    try (SamplingProgram program = compile(batch(count))) {
      if (program.parameterCount() > 0) {
        program.load(snapshot, prefix());
      }
      stream(program, 0, count, recipe.seed(), Optional.empty(), step, progress, samples);
    }
    refuseNonFinite(samples.values(), count);
    return samples.values();
  }

  /**
   * The first samples of the recipe's seed, row-major, in the units of the model, with the
   * parameters that draw samples.
   *
   * @throws SamplingFailure if a sample is not finite
   */
  public float[] draw(int count) {
    var samples = new FirstSamples(count, Math.toIntExact(examples.shape().size()));
    stream(folder.newestCheckpoint(), 0, count, recipe.seed(), Progress.NONE, samples);
    refuseNonFinite(samples.values(), count);
    return units.ofModel(samples.values());
  }

  /** Takes samples in, one after the other, row-major, in the units of the data. */
  public interface Sink {
    void take(float[] values, int count);
  }

  /**
   * What it took to draw samples.
   *
   * @param step the training step of the parameters; 0 if the model has none
   * @param evaluations network evaluations for each sample, on average over the batches that were
   *     drawn
   */
  public record Drawn(long step, long evaluations) {}

  /**
   * Draws samples {@code first} to {@code count} - 1 of a seed, batch by batch, of the classes that
   * {@link SampleLabels} gives them.
   *
   * @param checkpoint with the parameters; empty if there is none
   * @param first sample of a {@link #batch batch}
   * @param progress told in steps of the sampler, over all batches
   * @throws BadInput if the run has not been trained
   */
  public Drawn stream(
      Optional<TensorFile> checkpoint,
      int first,
      int count,
      long seed,
      Progress progress,
      Sink sink) {
    return stream(checkpoint, first, count, seed, Optional.empty(), progress, sink);
  }

  /** The states that a file holds, for samples to start from. */
  public GivenStates given(Path path) {
    return GivenStates.open(path, examples);
  }

  /**
   * The same from states that are given, with their classes if they have any.
   *
   * @param given states in place of draws from the prior, at least {@code count}
   */
  public Drawn stream(
      Optional<TensorFile> checkpoint,
      int first,
      int count,
      long seed,
      Optional<GivenStates> given,
      Progress progress,
      Sink sink) {
    long step = checkpoint.map(c -> TrainingState.of(c).step()).orElse(0L);
    var stored = new StoredParameters(() -> checkpoint.orElseThrow(folder::untrained), prefix());
    try (SamplingProgram program = compile(batch(count), options().with(stored))) {
      return stream(program, first, count, seed, given, step, progress, sink);
    }
  }

  /**
   * The same with a program of {@link #trained} for so many samples.
   *
   * @param trained the training step of its parameters
   */
  public Drawn stream(
      SamplingProgram program, int count, long seed, long trained, Progress progress, Sink sink) {
    return stream(program, 0, count, seed, Optional.empty(), trained, progress, sink);
  }

  private Drawn stream(
      SamplingProgram program,
      int first,
      int count,
      long seed,
      Optional<GivenStates> given,
      long trained,
      Progress progress,
      Sink sink) {
    int batch = program.batch();
    int size = Math.toIntExact(examples.shape().size());
    int before = first / batch;
    int batches = ArraySize.batches(count, batch) - before;
    long evaluated = program.evaluations();
    LongToIntFunction classes = classes(seed, given);
    for (int b = 0; b < batches; b++) {
      long done = b;
      int number = (before + b) * batch;
      Progress part = (step, steps) -> progress.step(done * steps + step, batches * steps);
      float[] drawn =
          given
              .map(
                  states ->
                      program.drawFrom(states.states(number, batch), seed, number, classes, part))
              .orElseGet(() -> program.draw(seed, number, classes, part));
      int used = Math.min(batch, count - number);
      sink.take(units.ofData(Arrays.copyOf(drawn, used * size)), used);
    }
    return new Drawn(trained, (program.evaluations() - evaluated) / batches);
  }

  private LongToIntFunction classes(long seed, Optional<GivenStates> given) {
    return labels.of(
        seed, given.filter(GivenStates::labelled).map(states -> number -> states.label(number)));
  }

  /** Samples that are drawn together, of so many. */
  public int batch(int count) {
    return Math.min(count, recipe.sampling().batchSize());
  }

  /**
   * The recipe's sampler with the parameters that draw samples.
   *
   * @throws BadInput if the run has not been trained
   */
  public SamplingProgram trained(int batch) {
    return compile(batch, options().with(stored()));
  }

  /**
   * The score by the parameters that draw samples.
   *
   * @throws BadInput if the run has not been trained
   */
  public ScoreProgram scores() {
    return new ScoreProgram(
        recipe.sde(),
        recipe.scoreModel(),
        examples.shape(),
        examples.classes(),
        recipe.samplingCompute().precision(),
        recipe.device(),
        stored());
  }

  private StoredParameters stored() {
    return new StoredParameters(folder::trained, prefix());
  }

  /** Shape of a sample: [H, W, C] or [D]. */
  public Shape shape() {
    return examples.shape();
  }

  /** The training step of the parameters; 0 if the model has none. */
  public long step() {
    return folder.newestCheckpoint().map(c -> TrainingState.of(c).step()).orElse(0L);
  }

  /** The recipe's sampler, with the parameters as they start until others are loaded. */
  public SamplingProgram compile(int batch) {
    return compile(batch, options());
  }

  private SamplingProgram compile(int batch, SamplingOptions options) {
    return new SamplingProgram(
        recipe.sde(),
        recipe.scoreModel(),
        recipe.sampler().orElseThrow(),
        examples.shape(),
        batch,
        examples.classes(),
        recipe.samplingCompute().precision(),
        options);
  }

  private SamplingOptions options() {
    return new SamplingOptions()
        .with(recipe.device())
        .with(
            new ControlInputs(
                recipe.control(),
                ShownRange.of(examples),
                examples.standardization(),
                this::example,
                run -> classifiers.of(run, recipe.sde())))
        .with(recipe.sampling().loop());
  }

  /** The decay of the average that draws; empty for a model that is not trained. */
  private Optional<Double> decay() {
    return recipe
        .sampling()
        .ema()
        .or(() -> recipe.training().map(training -> training.averaging().decays().get(0)));
  }

  /** Weights that were imported without a training have one average, like those of one decay. */
  public String prefix() {
    List<Double> decays = recipe.training().map(t -> t.averaging().decays()).orElse(List.of());
    double chosen = decay().orElse(0.0);
    boolean first = decays.isEmpty() || decays.get(0) == chosen;
    return ParameterAverage.of(chosen, first).prefix();
  }

  private float[] example(long number) {
    if (number >= examples.size().orElse(Long.MAX_VALUE)) {
      throw new InvalidValueException(
          "examples", number, "must be below the size of the data, " + examples.size().getAsLong());
    }
    return ExampleValues.of(examples, number, 1);
  }

  /**
   * Refuses samples with an element that is no number.
   *
   * @throws SamplingFailure if there are any
   */
  public static void refuseNonFinite(float[] values, int count) {
    int size = values.length / count;
    long broken =
        IntStream.range(0, count)
            .filter(
                n ->
                    IntStream.range(n * size, (n + 1) * size)
                        .anyMatch(i -> !Float.isFinite(values[i])))
            .count();
    if (broken > 0) {
      throw new SamplingFailure(broken, count);
    }
  }

  /**
   * Starts a file in the run's {@code samples} folder, or goes on with one that was interrupted.
   * Only a file of the very same samples is replaced.
   *
   * @param count of the samples
   * @param seed of the samples
   * @param given the states they start from, if any
   * @param texts that tell these samples from others, kept beside them
   */
  public SampleFile file(
      int count, long seed, Optional<GivenStates> given, String name, Map<String, String> texts) {
    Map<String, String> metadata = new TreeMap<>(texts);
    given.ifPresent(states -> metadata.put("input", "sha256 " + states.digest()));
    int[] recorded = labels.recorded(seed, count);
    LongToIntFunction classes = classes(seed, given);
    Arrays.setAll(recorded, classes::applyAsInt);
    decay().ifPresent(ema -> metadata.put("ema", ema.toString()));
    Shape shape = examples.shape().prepend(count);
    Path path = unusedOrSame(name, metadata, shape, recorded);
    return new SampleFile(path, metadata, shape, recorded, batch(count));
  }

  private Path unusedOrSame(String name, Map<String, String> metadata, Shape shape, int[] labels) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> folder.samples().resolve(name + (n == 1 ? "" : "-" + n) + ".safetensors"))
        .filter(file -> isUnusedOrSame(file, metadata))
        .filter(file -> !isBegunByAnother(file, metadata, shape, labels))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isBegunByAnother(
      Path file, Map<String, String> metadata, Shape shape, int[] labels) {
    boolean another = SampleFile.isOfAnother(file, metadata, shape, labels);
    if (another) {
      LOG.warn(
          "{}.part: holds the first samples of an interrupted command with another recipe or"
              + " checkpoint; it is kept, and these samples get another name",
          file);
    }
    return another;
  }

  /** A damaged file's samples can be drawn again under its name. */
  private static boolean isUnusedOrSame(Path file, Map<String, String> metadata) {
    if (!Files.isRegularFile(file)) {
      return !Files.exists(file);
    }
    try {
      return TensorFile.openSound(file).metadata().equals(metadata);
    } catch (TensorFileException e) {
      Path aside = new SetAside(file).asDamaged();
      LOG.warn("{}; it is kept as {}", e.getMessage(), aside.getFileName());
      return true;
    }
  }
}
