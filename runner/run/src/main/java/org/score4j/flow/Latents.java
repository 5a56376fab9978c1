package org.score4j.flow;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.sampling.FlowProgram;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.examples.Units;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.TrainingState;
import org.score4j.format.TensorStream;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.sampling.ScoreRequest;
import org.score4j.size.ArraySize;
import org.tensorflow.ndarray.Shape;

/**
 * Takes data that a file holds to their latents along the probability-flow ODE of a run, and back.
 * What is written has the input's name and layout, samples the name {@code x}, and its labels if it
 * has any. Data are in their own units, latents in those of the model, as noise has no others.
 */
public final class Latents {
  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Units units;

  @Inject
  public Latents(Recipe recipe, Examples examples, RunFolder folder) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.units = Units.of(examples);
  }

  /**
   * What was encoded.
   *
   * @param count number of examples
   * @param checked how many of them, the first, were decoded again
   * @param rms root mean square of their difference, in the units of the model
   * @param largest of their differences, likewise
   * @param times between which the ODE was integrated, each way
   */
  public record RoundTrip(long count, int checked, double rms, double largest, FlowTimes times) {}

  /**
   * What was decoded.
   *
   * @param count number of examples
   * @param times between which the ODE was integrated
   */
  public record Decoded(long count, FlowTimes times) {}

  private record Batch(float[] values, int[] labels, int used) {
    Batch in(Units units) {
      return new Batch(units.ofModel(values), labels, used);
    }
  }

  /**
   * Writes the latents of data, and decodes the first batch again to see how exact they are.
   *
   * @param progress told in steps of the solver, over all batches
   * @throws BadInput if the input cannot be used, the output is there, or the run is not trained
   */
  public RoundTrip encode(Path input, NewOutput output, FlowSettings settings, Progress progress) {
    output.checkFile();
    var request = open(input);
    int batch = batch(request.batch());
    long batches = (request.batch() + batch - 1) / batch + 1;
    try (var flow = flow(batch, settings);
        var stream = stream(request, request.batch(), output, settings)) {
      Optional<RoundTrip> checked = Optional.empty();
      for (long first = 0; first < request.batch(); first += batch) {
        Batch data = read(request, first, batch).in(units);
        float[] latents =
            flow.encode(
                data.values(),
                first,
                label(data, first),
                part(progress, checked.isEmpty() ? 0 : first / batch + 1, batches));
        write(request, stream, data, latents);
        if (checked.isEmpty()) {
          float[] back =
              flow.decode(latents, first, label(data, first), part(progress, 1, batches));
          checked =
              Optional.of(
                  difference(used(data.values(), data.used()), back, request.batch(), data.used()));
        }
      }
      stream.finish();
      return checked.orElseThrow();
    }
  }

  /** Writes the data of latents; otherwise as {@link #encode}. */
  public Decoded decode(Path input, NewOutput output, FlowSettings settings, Progress progress) {
    output.checkFile();
    var request = open(input);
    int batch = batch(request.batch());
    long batches = (request.batch() + batch - 1) / batch;
    try (var flow = flow(batch, settings);
        var stream = stream(request, request.batch(), output, settings)) {
      for (long first = 0; first < request.batch(); first += batch) {
        Batch data = read(request, first, batch);
        float[] values =
            flow.decode(
                data.values(), first, label(data, first), part(progress, first / batch, batches));
        write(request, stream, data, units.ofData(values));
      }
      stream.finish();
    }
    return new Decoded(request.batch(), FlowTimes.of(recipe.sde()));
  }

  /**
   * Writes ways from each example to the next, on great circles between their latents; a step has
   * the class of the nearer end. Otherwise as {@link #encode}.
   *
   * @param frames steps of each way with both of its ends, at least 2
   * @return number of ways
   */
  public long interpolate(
      Path input, NewOutput output, int frames, FlowSettings settings, Progress progress) {
    output.checkFile();
    if (frames < 2) {
      throw new BadInput("--frames " + frames + ": must be at least 2, for both ends");
    }
    var request = open(input);
    long ways = request.batch() - 1;
    if (ways < 1) {
      throw new BadInput(input + ": holds one example, expected at least 2 to go between");
    }
    int size = Math.toIntExact(examples.shape().size());
    try (var flow = flow(frames, settings);
        var stream = stream(request, ways * frames, output, settings)) {
      for (long way = 0; way < ways; way++) {
        float[] pair = units.ofModel(request.data(way, 2));
        int[] classes = request.labels(way, 2);
        float[] ends = new float[ArraySize.of("--frames", frames, size)];
        int[] labels = new int[frames];
        for (int i = 0; i < frames; i++) {
          int nearer = 2 * i < frames ? 0 : 1;
          System.arraycopy(pair, nearer * size, ends, i * size, size);
          labels[i] = classes[nearer];
        }
        var steps = new Batch(ends, labels, frames);
        float[] z = flow.encode(ends, 0, label(steps, 0), part(progress, 2 * way, 2 * ways));
        float[] from = Arrays.copyOf(z, size);
        float[] to = Arrays.copyOfRange(z, z.length - size, z.length);
        for (int i = 0; i < frames; i++) {
          float[] between = GreatCircle.between(from, to, (double) i / (frames - 1));
          System.arraycopy(between, 0, z, i * size, size);
        }
        float[] values = flow.decode(z, 0, label(steps, 0), part(progress, 2 * way + 1, 2 * ways));
        write(request, stream, steps, units.ofData(values));
      }
      stream.finish();
    }
    return ways;
  }

  /**
   * The latents of data in memory, [B, ...], at {@link FlowTimes#end}.
   *
   * @param data row-major, in the units of the data
   * @param labels [B]; empty for any class
   */
  public float[] encode(float[] data, int[] labels, FlowSettings settings, Progress progress) {
    return flow(units.ofModel(data), labels, settings, progress, true);
  }

  /** The data of latents; otherwise as {@link #encode(float[], int[], FlowSettings, Progress)}. */
  public float[] decode(float[] latents, int[] labels, FlowSettings settings, Progress progress) {
    return units.ofData(flow(latents, labels, settings, progress, false));
  }

  /**
   * Ways from each example to the next on great circles between their latents, as {@link
   * #interpolate(Path, NewOutput, int, FlowSettings, Progress)} writes them.
   *
   * @param frames steps of each way with both of its ends, at least 2
   * @return [B - 1, frames, ...]
   */
  public float[] interpolate(
      float[] data, int[] labels, int frames, FlowSettings settings, Progress progress) {
    int size = Math.toIntExact(examples.shape().size());
    int ways = data.length / size - 1;
    float[] latents = encode(data, labels, settings, part(progress, 0, 2));
    float[] between = new float[ArraySize.of("frames", (long) ways * frames, size)];
    int[] classes = new int[labels.length == 0 ? 0 : ways * frames];
    for (int way = 0; way < ways; way++) {
      float[] from = Arrays.copyOfRange(latents, way * size, (way + 1) * size);
      float[] to = Arrays.copyOfRange(latents, (way + 1) * size, (way + 2) * size);
      for (int i = 0; i < frames; i++) {
        float[] point = GreatCircle.between(from, to, (double) i / (frames - 1));
        System.arraycopy(point, 0, between, (way * frames + i) * size, size);
        if (classes.length > 0) {
          classes[way * frames + i] = labels[2 * i < frames ? way : way + 1];
        }
      }
    }
    return decode(between, classes, settings, part(progress, 1, 2));
  }

  private float[] flow(
      float[] values, int[] labels, FlowSettings settings, Progress progress, boolean encoding) {
    int size = Math.toIntExact(examples.shape().size());
    int count = values.length / size;
    int batch = batch(count);
    int batches = ArraySize.batches(count, batch);
    float[] all = new float[values.length];
    try (var flow = flow(batch, settings)) {
      for (int b = 0; b < batches; b++) {
        int first = b * batch;
        int used = Math.min(batch, count - first);
        // A last batch that is not full is filled up with its last example.
        float[] part = new float[batch * size];
        for (int i = 0; i < batch; i++) {
          int from = first + Math.min(i, used - 1);
          System.arraycopy(values, from * size, part, i * size, size);
        }
        LongToIntFunction label =
            n -> labels.length == 0 ? -1 : labels[(int) Math.min(n, count - 1)];
        Progress steps = part(progress, b, batches);
        float[] found =
            encoding
                ? flow.encode(part, first, label, steps)
                : flow.decode(part, first, label, steps);
        System.arraycopy(found, 0, all, first * size, used * size);
      }
    }
    return all;
  }

  private ScoreRequest open(Path input) {
    return ScoreRequest.open(input, examples.shape(), examples.classes(), Optional.empty());
  }

  private int batch(long count) {
    return (int) Math.min(count, recipe.sampling().batchSize());
  }

  private FlowProgram flow(int batch, FlowSettings settings) {
    return new FlowProgram(
        recipe.sde(),
        recipe.scoreModel(),
        examples.shape(),
        batch,
        examples.classes(),
        recipe.samplingCompute().precision(),
        new SamplingOptions()
            .with(recipe.device())
            .with(new StoredParameters(folder::trained, settings.weights().prefix())),
        new FlowProgram.Settings(settings.state()));
  }

  private TensorStream stream(
      ScoreRequest request, long count, NewOutput output, FlowSettings settings) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("tolerance", Double.toString(settings.tolerance()));
    metadata.put("times", FlowTimes.of(recipe.sde()).fromData());
    folder
        .newestCheckpoint()
        .ifPresent(c -> metadata.put("step", Long.toString(TrainingState.of(c).step())));
    Shape shape = request.shape().tail().prepend(count);
    return new TensorStream(
        output.path(),
        metadata,
        Map.of(request.name(), shape),
        request.labelled() ? Map.of(ScoreRequest.LABELS, Shape.of(count)) : Map.of());
  }

  /** What the flow made of a batch, with the classes it was told. */
  private void write(ScoreRequest request, TensorStream stream, Batch batch, float[] values) {
    stream.write(request.name(), request.inOwnLayout(used(values, batch.used())));
    if (request.labelled()) {
      stream.write(ScoreRequest.LABELS, Arrays.copyOf(batch.labels(), batch.used()));
    }
  }

  /** Some examples; a last batch that is not full is filled up with its last. */
  private Batch read(ScoreRequest request, long first, int batch) {
    int used = (int) Math.min(batch, request.batch() - first);
    int size = Math.toIntExact(examples.shape().size());
    float[] values = Arrays.copyOf(request.data(first, used), batch * size);
    int[] labels = Arrays.copyOf(request.labels(first, used), batch);
    for (int i = used; i < batch; i++) {
      System.arraycopy(values, (used - 1) * size, values, i * size, size);
      labels[i] = labels[used - 1];
    }
    return new Batch(values, labels, used);
  }

  private float[] used(float[] values, int count) {
    return Arrays.copyOf(values, count * Math.toIntExact(examples.shape().size()));
  }

  private static LongToIntFunction label(Batch batch, long first) {
    return n -> batch.labels()[(int) (n - first)];
  }

  private static Progress part(Progress progress, long before, long parts) {
    return (done, total) -> progress.step(before * total + done, parts * total);
  }

  private RoundTrip difference(float[] data, float[] back, long count, int checked) {
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < data.length; i++) {
      double difference = Math.abs(data[i] - back[i]);
      squares += difference * difference;
      largest = Math.max(largest, difference);
    }
    return new RoundTrip(
        count, checked, Math.sqrt(squares / data.length), largest, FlowTimes.of(recipe.sde()));
  }
}
