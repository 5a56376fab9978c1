package org.score4j.flow;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Progress;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.sampling.FlowProgram;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.score.Divergence;
import org.score4j.engine.score.LogDensity;
import org.score4j.examples.ExampleValues;
import org.score4j.examples.Reference;
import org.score4j.examples.Standardizing;
import org.score4j.examples.Units;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.SetAside;
import org.score4j.folder.TrainingState;
import org.score4j.format.FileFault;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.sampling.GivenExamples;
import org.score4j.size.ArraySize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.ndarray.Shape;

/**
 * Computes the log-likelihood of the recipe's reference, or else its data, or the data in a file:
 * in bits a dimension if they are 8-bit images, in nats of the data's own units otherwise: of
 * standardized data {@code log p(y) = log p(x) - sum log deviation}. What is known after a batch is
 * kept beside the output until all is.
 */
public final class Likelihood {
  private static final Logger LOG = LoggerFactory.getLogger(Likelihood.class);
  private static final long OF_A_DENSITY = 1000;

  /** Of a byte: more than float32 rounding makes of images that were bytes. */
  private static final double WORTH_A_NOTE = 0.01;

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;

  @Inject
  public Likelihood(Recipe recipe, Reference reference, RunFolder folder) {
    this(recipe, reference.examples(), folder);
  }

  private Likelihood(Recipe recipe, Examples examples, RunFolder folder) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
  }

  /** The same of data that a file holds. */
  private Likelihood of(Path input) {
    var given = GivenExamples.open(input, examples);
    return new Likelihood(recipe, Standardizing.apply(given, examples.standardization()), folder);
  }

  /**
   * What was found.
   *
   * @param unit bits/dim or nats
   * @param mean over the examples: bits a dimension, or the negative log-density in nats
   * @param standardError of the mean: by the spread of the examples, or of a single one by that of
   *     its probes; empty if it has but one
   * @param count number of examples
   * @param resumed how many of them an interrupted command had done
   * @param times between which the ODE was integrated
   */
  public record Outcome(
      String unit,
      double mean,
      OptionalDouble standardError,
      int count,
      int resumed,
      FlowTimes times) {}

  private record Value(double logDensity, double standardError) {}

  /** What is to be said of a request before any work is done; possibly nothing. */
  public List<String> notes(LikelihoodRequest request) {
    return request
        .input()
        .map(path -> new NotedRounding(path, GivenExamples.open(path, examples).largestRounding()))
        .filter(noted -> noted.largest > WORTH_A_NOTE)
        .map(noted -> List.of(noted.toString()))
        .orElse(List.of());
  }

  private record NotedRounding(Path path, double largest) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: pixels are rounded to bytes, which changes them by up to %.2g of a byte",
          path,
          largest);
    }
  }

  /**
   * Looks at a request before any work is done.
   *
   * @throws BadInput if the output is there, or there are too few examples
   */
  public void check(LikelihoodRequest request, Optional<NewOutput> output) {
    output.ifPresent(NewOutput::checkFile);
    if (request.input().isPresent()) {
      of(request.input().get()).check(request.withoutInput(), Optional.empty());
      return;
    }
    count(request);
    divergence(request);
  }

  /**
   * Writes {@code log_density} [N] in nats, its {@code standard_error} [N] by the probes (NaN for a
   * single one, 0 if exact) and, of images, {@code bits_per_dimension} [N].
   *
   * @param output where to; empty if the mean is all that is wanted, which then cannot be gone on
   *     with after an interruption
   * @param progress told in steps of the solver, over all batches
   * @throws BadInput if the output is there, the run is not trained, or there are too few examples
   */
  public Outcome tell(LikelihoodRequest request, Optional<NewOutput> output, Progress progress) {
    if (request.input().isPresent()) {
      return of(request.input().get()).tell(request.withoutInput(), output, progress);
    }
    check(request, output);
    int count = count(request);
    Optional<TensorFile> checkpoint = folder.newestCheckpoint();
    Map<String, String> metadata = metadata(request, divergence(request), count, checkpoint);
    Optional<Path> partial = output.map(Likelihood::partial);
    List<Value> values =
        new ArrayList<>(partial.map(path -> known(path, metadata)).orElse(List.of()));
    int resumed = values.size();
    compute(
        request,
        count,
        checkpoint,
        progress,
        values,
        () -> partial.ifPresent(path -> write(path, metadata, values)));
    output.ifPresent(to -> write(to.path(), metadata, values));
    partial.ifPresent(Likelihood::delete);
    return outcome(values, resumed);
  }

  /**
   * The log-density of each of some examples in nats, by the units of the data.
   *
   * @param given examples like the run's own
   */
  public double[] logDensities(Examples given, LikelihoodRequest request, Progress progress) {
    var standardized = Standardizing.apply(given, examples.standardization());
    var of = new Likelihood(recipe, standardized, folder);
    of.check(request, Optional.empty());
    List<Value> values = new ArrayList<>();
    of.compute(request, of.count(request), folder.newestCheckpoint(), progress, values, () -> {});
    return values.stream().mapToDouble(Value::logDensity).toArray();
  }

  /** Bits a dimension of 8-bit images with such a log-density in nats; empty for other data. */
  public OptionalDouble bitsPerDimension(double logDensity) {
    return examples.pixels().stream()
        .mapToDouble(range -> new BitsPerDimension(range, examples.shape().size()).of(logDensity))
        .findFirst();
  }

  private void compute(
      LikelihoodRequest request,
      int count,
      Optional<TensorFile> checkpoint,
      Progress progress,
      List<Value> values,
      Runnable afterBatch) {
    int batch = Math.min(count, recipe.sampling().batchSize());
    Divergence divergence = divergence(request);
    if (values.size() < count) {
      var parameters =
          new StoredParameters(
              () -> checkpoint.orElseThrow(folder::untrained), request.flow().weights().prefix());
      try (var program =
          new FlowProgram(
              recipe.sde(),
              recipe.scoreModel(),
              examples.shape(),
              batch,
              examples.classes(),
              recipe.samplingCompute().precision(),
              new SamplingOptions().with(recipe.device()).with(parameters),
              new FlowProgram.Settings(
                  request.flow().state(),
                  divergence,
                  request.densityTolerance().map(FlowSettings::each)))) {
        while (values.size() < count) {
          long done = values.size();
          List<LogDensity> found = densities(program, request, done, batch, count, progress);
          double jacobian =
              Units.of(examples)
                  .standardization()
                  .map(change -> change.logDeterminant(examples.shape()))
                  .orElse(0.0);
          boolean exact = divergence.method() == Divergence.Method.EXACT;
          found.stream()
              .limit(count - done)
              .forEach(
                  d -> values.add(new Value(d.value() + jacobian, exact ? 0 : d.standardError())));
          afterBatch.run();
        }
      }
    }
  }

  private static Path partial(NewOutput output) {
    return output.path().resolveSibling(output.path().getFileName() + ".partial");
  }

  private Divergence divergence(LikelihoodRequest request) {
    Divergence divergence = request.divergence(examples.shape().size());
    try {
      divergence.check(examples.shape().size());
    } catch (InvalidValueException e) {
      throw new BadInput(e.faults().stream().map(fault -> "--" + fault).toList());
    }
    return divergence;
  }

  private int count(LikelihoodRequest request) {
    long most =
        examples.size().isPresent()
            ? examples.size().getAsLong() - request.first()
            : Long.MAX_VALUE - request.first();
    long count =
        request.count().orElse(examples.size().isPresent() ? Math.max(most, 1) : OF_A_DENSITY);
    if (count > most || count > Integer.MAX_VALUE) {
      throw new BadInput(
          String.format(
              Locale.ROOT,
              "--first %d --count %d: the data have examples 0 to %d; ask for these",
              request.first(),
              count,
              request.first() + most - 1));
    }
    return (int) count;
  }

  private List<LogDensity> densities(
      FlowProgram program,
      LikelihoodRequest request,
      long done,
      int batch,
      int count,
      Progress progress) {
    int size = Math.toIntExact(examples.shape().size());
    long last = request.first() + count - 1;
    float[] x = new float[ArraySize.of("sampling.batchSize", batch, size)];
    for (int i = 0; i < batch; i++) {
      // A last batch that is not full is filled up with its last example.
      long number = Math.min(request.first() + done + i, last);
      System.arraycopy(data(number, request.seed()), 0, x, i * size, size);
    }
    long before = done / batch;
    long batches = ArraySize.batches(count, batch);
    return program
        .density(
            x,
            request.seed(),
            request.first() + done,
            n -> examples.label(Math.min(n, last)),
            (step, steps) -> progress.step(before * steps + step, batches * steps))
        .densities();
  }

  private float[] data(long number, long seed) {
    if (examples.pixels().isEmpty()) {
      return ExampleValues.of(examples, number, 1);
    }
    int size = Math.toIntExact(examples.shape().size());
    var bits = new BitsPerDimension(examples.pixels().get(), size);
    ByteBuffer pixels = ByteBuffer.allocate(size);
    examples.read(number, pixels);
    // The generator of an example is drawn from that of the seed.
    var random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ number).split();
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = bits.dequantized(pixels.get(i), random.nextDouble());
    }
    return values;
  }

  private Map<String, String> metadata(
      LikelihoodRequest request,
      Divergence divergence,
      int count,
      Optional<TensorFile> checkpoint) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("first", Long.toString(request.first()));
    texts.put("count", Integer.toString(count));
    texts.put("seed", Long.toString(request.seed()));
    texts.put("tolerance", Double.toString(request.flow().tolerance()));
    request.densityTolerance().ifPresent(d -> texts.put("density_tolerance", d.toString()));
    texts.put("weights", request.flow().weights().prefix());
    texts.put("divergence", divergence.toString());
    texts.put("data", examples.fingerprint());
    texts.put("run", folder.path().toAbsolutePath().normalize().toString());
    checkpoint.ifPresent(
        c -> {
          texts.put("step", Long.toString(TrainingState.of(c).step()));
          texts.put("checkpoint", c.checksum().orElse(""));
        });
    return texts;
  }

  private static List<Value> known(Path partial, Map<String, String> metadata) {
    if (!Files.exists(partial)) {
      return List.of();
    }
    float[] densities;
    float[] errors;
    try {
      TensorFile file = TensorFile.openSound(partial);
      if (!file.metadata().equals(metadata)) {
        Path aside = new SetAside(partial).asOfAnother();
        LOG.warn(
            "{}: was left by another command (other options, data or checkpoint); it is kept as {}",
            partial,
            aside);
        return List.of();
      }
      densities = file.floats("log_density");
      errors = file.floats("standard_error");
    } catch (TensorFileException e) {
      Path aside = new SetAside(partial).asDamaged();
      LOG.warn("{}; it is kept as {}, and nothing of it is used", e.getMessage(), aside);
      return List.of();
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < densities.length; i++) {
      values.add(new Value(densities[i], errors[i]));
    }
    return values;
  }

  private void write(Path path, Map<String, String> metadata, List<Value> values) {
    var writer = new TensorFile.Writer(path, metadata);
    Shape shape = Shape.of(values.size());
    writer.add("log_density", shape, () -> floats(values, Value::logDensity));
    writer.add("standard_error", shape, () -> floats(values, Value::standardError));
    examples
        .pixels()
        .map(range -> new BitsPerDimension(range, examples.shape().size()))
        .ifPresent(
            bits ->
                writer.add(
                    "bits_per_dimension", shape, () -> floats(values, v -> bits.of(v.logDensity))));
    writer.write();
  }

  private static float[] floats(List<Value> values, ToDoubleFunction<Value> of) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) of.applyAsDouble(values.get(i));
    }
    return floats;
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + partial + ": " + FileFault.reason(e), e);
    }
  }

  private Outcome outcome(List<Value> values, int resumed) {
    Optional<BitsPerDimension> bits =
        examples.pixels().map(range -> new BitsPerDimension(range, examples.shape().size()));
    double[] told =
        values.stream()
            .mapToDouble(v -> bits.map(b -> b.of(v.logDensity)).orElse(-v.logDensity))
            .toArray();
    double mean = Arrays.stream(told).average().orElseThrow();
    int count = told.length;
    double squares = Arrays.stream(told).map(v -> (v - mean) * (v - mean)).sum();
    double ofProbes = values.get(0).standardError();
    double error =
        count > 1
            ? Math.sqrt(squares / (count - 1) / count)
            : bits.map(b -> b.width(ofProbes)).orElse(ofProbes);
    return new Outcome(
        bits.isPresent() ? "bits/dim" : "nats",
        mean,
        Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error),
        count,
        resumed,
        FlowTimes.of(recipe.sde()));
  }
}
