package org.score4j.engine.sampling;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongToIntFunction;
import org.score4j.api.Condition;
import org.score4j.api.Feed;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplingLoop;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.ConstantParameters;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.random.HostNoise;
import org.score4j.engine.random.NoiseSource;
import org.score4j.engine.random.RandomKey;
import org.score4j.engine.random.SampleNoise;
import org.score4j.format.TensorFileException;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A sampler compiled for one model, one forward process and one batch size.
 *
 * <p>Sample number n is a function of the seed and n: neither the batch size nor where a batch
 * starts changes it, as long as the sampler itself treats samples separately.
 */
public final class SamplingProgram implements AutoCloseable {
  private static final String MODEL = "model";

  /** Few enough for progress to flow, so many that starting them costs little: 2 us for each. */
  private static final int RUNS_TOGETHER = 25;

  private final Computation computation;
  private final Ops tf;
  private final RandomKey randomKey;
  private final Shape shape;
  private final Optional<Placeholder<TInt32>> labels;
  private final NoiseSource noise;
  private final ControlledModel controlled;
  private final CompiledSampler compiled;
  private final SamplingLoop loop;
  private final Optional<GraphLoop> graphLoop;
  private final CompiledSampler.Target fromPrior;
  private final Placeholder<TFloat32> given;
  private final CompiledSampler.Target fromGiven;
  private final int parameterCount;

  private long seed;
  private long firstSample;
  private long kernelRuns;
  private TInt32 currentLabels;
  private CompiledSampler.Executor executor = this::run;

  /**
   * Compiles a sampler.
   *
   * @param sde the forward process
   * @param model the score of the data; its parameters, if it has any, come with the options or are
   *     {@link #load loaded}
   * @param sampler the method
   * @param example shape of one example: [H, W, C] or [D]
   * @param batch number of samples drawn together, at least 1
   * @param classes number of classes the model is conditioned on; 0 if none
   * @param precision arithmetic of the network
   * @throws InvalidValueException if the sampler refuses the forward process, or the model the
   *     shape
   */
  public SamplingProgram(
      Sde sde,
      ScoreModel model,
      Sampler sampler,
      Shape example,
      int batch,
      int classes,
      Precision precision) {
    this(sde, model, sampler, example, batch, classes, precision, new SamplingOptions());
  }

  /**
   * Compiles a sampler with options; otherwise as above.
   *
   * @throws InvalidValueException also if a control does not suit the data, or the sampler cannot
   *     loop in the graph but is to
   * @throws TensorFileException if stored parameters are not the model's
   */
  public SamplingProgram(
      Sde sde,
      ScoreModel model,
      Sampler sampler,
      Shape example,
      int batch,
      int classes,
      Precision precision,
      SamplingOptions options) {
    sampler.check(sde);
    var constants = options.parameters().map(p -> new ConstantParameters(p, MODEL));
    computation = new Computation(0, 0, options.device(), constants);
    try {
      tf = computation.tf();
      randomKey = new RandomKey(tf);
      shape = example.prepend(batch);
      labels =
          classes == 0
              ? Optional.empty()
              : Optional.of(
                  tf.withName("labels")
                      .placeholder(TInt32.class, Placeholder.shape(Shape.of(batch))));
      Condition condition =
          labels.map(l -> Condition.labels(l, classes)).orElseGet(Condition::none);
      var scope = ParameterScope.root(computation, randomKey, MODEL, false, precision);
      noise =
          options
              .noise()
              .<NoiseSource>map(n -> new HostNoise(tf, shape, n))
              .orElseGet(() -> new SampleNoise(tf, randomKey, shape));
      controlled =
          new ControlledModel(
              computation,
              randomKey,
              sde,
              model,
              scope,
              condition,
              shape,
              noise,
              options.controls());
      compiled =
          new CompiledSampler(
              computation,
              controlled,
              noise,
              shape,
              (feeds, target) -> executor.run(feeds, target));
      loop = sampler.build(compiled);
      parameterCount =
          (int)
              computation.variables().stream()
                  .filter(v -> v.name().startsWith(MODEL + "/"))
                  .count();
      fromPrior = compiled.startingFromPrior();
      given = tf.withName("givenState").placeholder(TFloat32.class, Placeholder.shape(shape));
      fromGiven = compiled.starting(given);
      graphLoop = new LoopChoice(computation, compiled, shape).of(options.loop(), randomKey);
      computation.start();
      controlled.loadClassifiers();
    } catch (RuntimeException e) {
      computation.close();
      throw e;
    }
  }

  /** Every tensor of the model, as a checkpoint holds them. */
  public List<CheckpointEntry> entries() {
    return computation.variables().stream()
        .filter(v -> v.name().startsWith(MODEL + "/"))
        .map(v -> new CheckpointEntry(v.name(), v.shape(), v.trained()))
        .toList();
  }

  /**
   * Takes the model's parameters from a program that trains it.
   *
   * @param prefix {@code "ema"} for the averaged parameters, {@code "model"} for the last ones
   * @throws IllegalStateException if they came with the options
   */
  public void load(Snapshot snapshot, String prefix) {
    Map<String, float[]> values = snapshot.values(prefix);
    computation.assign(
        computation.variables().stream().filter(v -> v.name().startsWith(MODEL + "/")).toList(),
        variable -> values.get(variable.path()));
  }

  /** Number of tensors the model keeps as parameters. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Number of samples drawn together. */
  public int batch() {
    return (int) shape.get(0);
  }

  /** Network evaluations (each of a whole batch) since this program was made. */
  public long evaluations() {
    return compiled.evaluations();
  }

  /**
   * Draws one batch.
   *
   * @param seed determines all random numbers
   * @param firstSample number of the batch's first sample, 0 or above
   * @param label class of a sample by its number; not asked if the model has no classes
   * @param progress told after each step of the sampler
   * @return the samples, row-major, {@link #batch()} times the size of an example
   */
  public float[] draw(long seed, long firstSample, LongToIntFunction label, Progress progress) {
    return draw(seed, firstSample, label, progress, StateListener.NONE);
  }

  /**
   * Draws the same batch, to the bit, while someone looks on.
   *
   * @param listener told of the states on the way
   */
  public float[] draw(
      long seed,
      long firstSample,
      LongToIntFunction label,
      Progress progress,
      StateListener listener) {
    return run(seed, firstSample, label, progress, listener, () -> run(List.of(), fromPrior));
  }

  /**
   * Draws one batch from a given state instead of the prior; otherwise as {@link #draw}.
   *
   * @param state the state at the forward process's end time, row-major, of the size of what is
   *     returned
   * @throws IllegalArgumentException if the state has another size
   */
  public float[] drawFrom(
      float[] state, long seed, long firstSample, LongToIntFunction label, Progress progress) {
    if (state.length != shape.size()) {
      throw new IllegalArgumentException(
          "the state has " + state.length + " numbers, expected " + shape.size());
    }
    return run(
        seed,
        firstSample,
        label,
        progress,
        StateListener.NONE,
        () -> {
          try (TFloat32 tensor =
              TFloat32.tensorOf(shape, DataBuffers.of(FloatBuffer.wrap(state)))) {
            start(tensor);
          }
        });
  }

  private void start(TFloat32 state) {
    Session.Runner runner = computation.runner().feed(given, state);
    List<Tensor> fed = feed(runner, fromGiven.dependencies(), 1);
    try {
      runner.addTarget(fromGiven.operation()).run().close();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private float[] run(
      long seed,
      long firstSample,
      LongToIntFunction label,
      Progress progress,
      StateListener listener,
      Runnable start) {
    this.seed = seed;
    this.firstSample = firstSample;
    this.kernelRuns = 0;
    int[] classes = new int[batch()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels.isPresent() ? label.applyAsInt(firstSample + i) : 0;
    }
    try (TInt32 tensor =
        TInt32.tensorOf(Shape.of(classes.length), DataBuffers.of(IntBuffer.wrap(classes)))) {
      currentLabels = tensor;
      start.run();
      // A given state takes the place of the prior's run: what follows draws the same numbers.
      kernelRuns = 1;
      graphLoop.ifPresentOrElse(
          inside -> runInside(inside, progress, listener), () -> runOutside(progress, listener));
      return read(compiled.samples());
    }
  }

  private void runOutside(Progress progress, StateListener listener) {
    if (listener != StateListener.NONE) {
      executor =
          (feeds, target) -> {
            tell(listener, feeds, target);
            return run(feeds, target);
          };
    }
    try {
      loop.run(progress);
    } finally {
      executor = this::run;
    }
  }

  private void tell(StateListener listener, List<Feed> feeds, CompiledSampler.Target target) {
    compiled
        .timesOfState(target, feeds)
        .ifPresent(times -> listener.state(times, () -> read(compiled.state())));
  }

  private void runInside(GraphLoop inside, Progress progress, StateListener listener) {
    var recording = new LoopRecording();
    executor = recording;
    try {
      loop.run(recording);
    } finally {
      executor = this::run;
    }
    boolean watched = listener != StateListener.NONE;
    recording.replay(
        watched ? 1 : RUNS_TOGETHER,
        runs -> {
          if (watched) {
            tell(listener, runs.get(0).feeds(), runs.get(0).target());
          }
          Session.Runner runner = computation.runner();
          List<Tensor> fed = feed(runner, Set.of(), runs.size());
          try {
            fed.addAll(inside.feed(runner, runs));
            runner.run().close();
          } finally {
            fed.forEach(Tensor::close);
          }
        },
        progress);
  }

  private float[] read(Operand<TFloat32> state) {
    Session.Runner runner = computation.runner().fetch(state);
    try (TInt64 first = TInt64.scalarOf(firstSample);
        Result result = runner.feed(controlled.firstSample(), first).run()) {
      float[] values = new float[(int) shape.size()];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private double[] run(List<Feed> feeds, CompiledSampler.Target target) {
    Session.Runner runner = computation.runner().addTarget(target.operation());
    List<Tensor> fed = feed(runner, target.dependencies(), 1);
    try {
      for (Feed feed : feeds) {
        for (HostFeed.Value value : ((HostFeed) feed).values()) {
          TFloat32 tensor = value.tensor();
          fed.add(tensor);
          runner.feed(value.placeholder(), tensor);
        }
      }
      target.reports().forEach(runner::fetch);
      try (Result result = runner.run()) {
        return flatten(result);
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Feeds what kernels need whatever the sampler, for a number of runs in a row. */
  private List<Tensor> feed(Session.Runner runner, Set<Operation> used, int runs) {
    List<Tensor> fed = new ArrayList<>();
    fed.add(randomKey.feed(runner, seed, kernelRuns));
    kernelRuns += runs;
    fed.addAll(noise.feed(runner, firstSample, used));
    labels.ifPresent(placeholder -> runner.feed(placeholder, currentLabels));
    TInt64 first = TInt64.scalarOf(firstSample);
    fed.add(first);
    runner.feed(controlled.firstSample(), first);
    return fed;
  }

  private static double[] flatten(Result result) {
    int total = 0;
    for (var entry : result) {
      total += (int) entry.getValue().shape().size();
    }
    double[] values = new double[total];
    int next = 0;
    for (var entry : result) {
      for (var scalar : ((TFloat32) entry.getValue()).scalars()) {
        values[next++] = scalar.getFloat();
      }
    }
    return values;
  }

  @Override
  public void close() {
    computation.close();
  }
}
