package org.score4j;

import com.google.inject.Guice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.score4j.api.Examples;
import org.score4j.api.Metric;
import org.score4j.api.PixelRange;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.engine.score.ScoreProgram;
import org.score4j.evaluation.Evaluation;
import org.score4j.evaluation.Evaluator;
import org.score4j.flow.FlowSettings;
import org.score4j.flow.Latents;
import org.score4j.flow.Likelihood;
import org.score4j.flow.LikelihoodRequest;
import org.score4j.folder.RunFolder;
import org.score4j.folder.Weights;
import org.score4j.label.ClassMix;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.run.Boundary;
import org.score4j.run.OpenRun;
import org.score4j.run.Opening;
import org.score4j.run.RunOpener;
import org.score4j.run.Score4jModule;
import org.score4j.run.ThreadMonitor;
import org.score4j.sampling.Classifiers;
import org.score4j.sampling.Generator;
import org.score4j.sampling.GivenArrays;
import org.score4j.sampling.SamplePrograms;
import org.score4j.sampling.Scorer;
import org.score4j.sampling.ShownRange;

/**
 * A trained run, ready to draw samples and to compute scores, likelihoods and latents with the EMA
 * weights of its newest checkpoint: the same bits as the command line's. Thread-safe; to be closed.
 *
 * <p>Drawing ends with a {@link java.util.concurrent.CancellationException} when its thread is
 * interrupted.
 */
public final class TrainedModel implements AutoCloseable {
  private static final int PROBES = 1;

  private final OpenRun run;
  private final Recipe recipe;
  private final Examples examples;
  private final SamplePrograms programs = new SamplePrograms();
  private final ThreadMonitor monitor;
  private final Object scoring = new Object();
  private Optional<ScoreProgram> scores = Optional.empty();
  private boolean closed;

  private TrainedModel(OpenRun run, ThreadMonitor monitor) {
    this.run = run;
    this.monitor = monitor;
    recipe = run.get(Recipe.class);
    examples = run.get(Examples.class);
  }

  /**
   * Opens the model of a run folder, with the plugins on the module path or class path. Training
   * data are not needed.
   *
   * @throws InvalidInputException if the folder holds no run, or a plugin of its recipe is missing
   */
  public static TrainedModel open(Path run) {
    return Run.in(run).open();
  }

  static TrainedModel open(Path folder, PluginCatalogue catalogue) {
    var monitor = new ThreadMonitor(line -> {});
    RunOpener opener =
        Guice.createInjector(new Score4jModule(monitor, RunListener.none()))
            .getInstance(RunOpener.class);
    return new TrainedModel(opener.open(Opening.again(folder, List.of(), catalogue)), monitor);
  }

  /** The recipe, every key spelled out. */
  public Recipe recipe() {
    return recipe;
  }

  /** Number of classes that the data have; 0 if they have none. */
  public int classes() {
    return examples.classes();
  }

  /** A request for samples by a sampler of one's own choice. */
  public SampleRequest sampler(Sampler sampler) {
    return new SampleRequest(this, Optional.of(sampler));
  }

  /** A request for samples by the recipe's sampler. */
  public SampleRequest samples() {
    return new SampleRequest(this, Optional.empty());
  }

  Samples draw(SampleRequest.Settings settings, int count) {
    List<Samples> batches = new ArrayList<>();
    stream(settings, count, batches::add);
    int size = Math.toIntExact(examples.shape().size());
    float[] values = new float[Math.multiplyExact(count, size)];
    int[] labels = new int[batches.get(0).labels().length > 0 ? count : 0];
    int next = 0;
    long evaluations = 0;
    for (Samples batch : batches) {
      System.arraycopy(batch.values(), 0, values, next * size, batch.count() * size);
      System.arraycopy(batch.labels(), 0, labels, next, labels.length > 0 ? batch.count() : 0);
      next += batch.count();
      evaluations = batch.evaluations();
    }
    return new Samples(values, labels, examples.shape(), this::range, 0, evaluations);
  }

  private PixelRange range() {
    return ShownRange.of(examples);
  }

  void stream(SampleRequest.Settings settings, int count, Consumer<Samples> batches) {
    Boundary.within(
        () -> {
          Drawing drawing = drawing(settings, count);
          long seed = settings.seed().orElse(recipe.seed());
          int[] recorded = drawing.labels().recorded(seed, count);
          int[] first = {0};
          Progress progress =
              (done, total) -> {
                monitor.check();
                settings.progress().step(done, total);
              };
          programs.draw(
              drawing.key(),
              () -> drawing.generator().trained(drawing.generator().batch(count)),
              program ->
                  drawing.generator().stream(
                      program,
                      count,
                      seed,
                      drawing.generator().step(),
                      progress,
                      (values, drawn) -> {
                        Generator.refuseNonFinite(values, drawn);
                        int from = first[0];
                        first[0] += drawn;
                        int[] labels =
                            recorded.length == 0
                                ? recorded
                                : Arrays.copyOfRange(recorded, from, first[0]);
                        batches.accept(
                            new Samples(
                                values,
                                labels,
                                examples.shape(),
                                this::range,
                                from,
                                program.evaluations()));
                      }));
          return count;
        });
  }

  private record Drawing(Generator generator, SampleLabels labels, Object key) {}

  private Drawing drawing(SampleRequest.Settings settings, int count) {
    requireModel();
    Sampling usual = recipe.sampling();
    var sampling =
        new Sampling(
            count,
            settings.batchSize().orElse(usual.batchSize()),
            usual.ema(),
            settings.labels().orElse(usual.labels()),
            usual.loop(),
            usual.compute());
    Sampler sampler = settings.sampler().or(recipe::sampler).orElseThrow();
    var controls = settings.controls().orElse(recipe.control());
    Recipe wanted = recipe.drawing(sampler, controls, sampling);
    var labels = new SampleLabels(wanted, examples, run.get(ClassMix.class));
    labels.check();
    var generator =
        new Generator(
            wanted, examples, run.get(RunFolder.class), run.get(Classifiers.class), labels);
    return new Drawing(
        generator, labels, List.of(sampler, controls, generator.batch(count), generator.step()));
  }

  private void requireModel() {
    if (recipe.model().isEmpty()) {
      throw new InvalidInputException("this run trained a classifier, not a score model");
    }
  }

  /**
   * The score at one noise level.
   *
   * @param x [B, ...], row-major, in the units of the data
   * @param t the time, from the recipe's start time to its end time
   * @param labels [B]; none, or -1, for any class
   */
  public Scores score(float[] x, double t, int... labels) {
    return Boundary.within(
        () -> {
          requireModel();
          int count = count(x);
          float[] times = new float[count];
          Arrays.fill(times, (float) t);
          int[] classes = labels.length > 0 ? labels.clone() : new int[count];
          if (labels.length == 0) {
            Arrays.fill(classes, -1);
          }
          requireLabels(classes, count);
          synchronized (scoring) {
            requireOpen();
            Scorer scorer = run.get(Scorer.class);
            ScoreProgram program = scores.orElseGet(() -> scorer.program(Weights.EMA));
            scores = Optional.of(program);
            var found = scorer.at(program, x, times, classes);
            return new Scores(found.score(), found.noise(), found.denoised());
          }
        });
  }

  private int count(float[] x) {
    long size = examples.shape().size();
    if (x.length == 0 || x.length % size != 0) {
      throw new InvalidInputException(
          "x holds " + x.length + " numbers, expected a multiple of " + size + ", one example's");
    }
    return Math.toIntExact(x.length / size);
  }

  private static void requireLabels(int[] labels, int count) {
    if (labels.length != count) {
      throw new InvalidInputException(
          "labels: found " + labels.length + " for " + count + " examples; expected one for each");
    }
  }

  /** The log-likelihood of samples; otherwise as {@link #logLikelihood(float[], int...)}. */
  public double[] logLikelihood(Samples samples) {
    return logLikelihood(samples.values(), samples.labels());
  }

  /**
   * The log-likelihood of data by the probability-flow ODE (Song et al. 2021, eq. 39), in nats;
   * 8-bit images are rounded to bytes and dequantized. {@link #bitsPerDimension} changes the unit.
   *
   * @param x [B, ...], row-major, in the units of the data
   * @param labels [B]; none for any class
   * @return [B]
   */
  public double[] logLikelihood(float[] x, int... labels) {
    return Boundary.within(
        () -> {
          requireModel();
          int count = count(x);
          if (labels.length > 0) {
            requireLabels(labels, count);
          }
          var request =
              new LikelihoodRequest(
                  Optional.empty(),
                  0,
                  OptionalLong.of(count),
                  recipe.seed(),
                  new FlowSettings(FlowSettings.DENSITY_TOLERANCE, Weights.EMA),
                  Optional.empty(),
                  Optional.empty(),
                  PROBES);
          return run.get(Likelihood.class)
              .logDensities(new GivenArrays(x, labels, examples), request, this::check);
        });
  }

  /** Bits/dim of an 8-bit image with such a log-likelihood in nats; empty for other data. */
  public OptionalDouble bitsPerDimension(double logLikelihood) {
    return run.get(Likelihood.class).bitsPerDimension(logLikelihood);
  }

  /**
   * The latents of data by the probability-flow ODE, at the end time: {@link #decode} gives the
   * data back.
   *
   * @param x [B, ...], row-major, in the units of the data
   * @param labels [B]; none for any class
   * @return [B, ...]
   */
  public float[] encode(float[] x, int... labels) {
    return flow(x, labels, true);
  }

  /** The data of latents; otherwise as {@link #encode}. */
  public float[] decode(float[] latents, int... labels) {
    return flow(latents, labels, false);
  }

  /**
   * Ways from each example to the next, on great circles between their latents.
   *
   * @param x [B, ...], row-major, in the units of the data; 2 examples or more
   * @param frames steps of each way with both of its ends, at least 2
   * @param labels [B]; none for any class. A step has the class of the nearer end
   * @return [B - 1, frames, ...]
   */
  public float[] interpolate(float[] x, int frames, int... labels) {
    return Boundary.within(
        () -> {
          requireModel();
          int count = count(x);
          if (count < 2 || frames < 2) {
            throw new InvalidInputException(
                "found "
                    + count
                    + " examples and "
                    + frames
                    + " frames; expected 2 or more of each");
          }
          if (labels.length > 0) {
            requireLabels(labels, count);
          }
          var settings = new FlowSettings(FlowSettings.LATENTS_TOLERANCE, Weights.EMA);
          return run.get(Latents.class).interpolate(x, labels, frames, settings, this::check);
        });
  }

  private float[] flow(float[] values, int[] labels, boolean encoding) {
    return Boundary.within(
        () -> {
          requireModel();
          int count = count(values);
          if (labels.length > 0) {
            requireLabels(labels, count);
          }
          var settings = new FlowSettings(FlowSettings.LATENTS_TOLERANCE, Weights.EMA);
          Latents latents = run.get(Latents.class);
          return encoding
              ? latents.encode(values, labels, settings, this::check)
              : latents.decode(values, labels, settings, this::check);
        });
  }

  /**
   * Compares samples with the recipe's data by the recipe's metrics.
   *
   * @return what was measured; metrics that take more samples are left out
   */
  public List<Metric.Measurement> evaluate(Samples samples) {
    return Boundary.within(
        () -> {
          try (Evaluation evaluation = run.get(Evaluator.class).begin(samples.count())) {
            evaluation.generated(samples.values(), samples.count());
            return evaluation.result();
          }
        });
  }

  private void check(long done, long total) {
    monitor.check();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /** Waits for what is being drawn, and frees all memory. */
  @Override
  public void close() {
    synchronized (scoring) {
      if (closed) {
        return;
      }
      closed = true;
      scores.ifPresent(ScoreProgram::close);
    }
    programs.close();
    run.close();
  }
}
