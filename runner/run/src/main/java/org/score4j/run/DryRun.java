package org.score4j.run;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.score4j.Monitor;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.training.BatchReader;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.evaluation.Evaluator;
import org.score4j.examples.DataCheck;
import org.score4j.examples.Reference;
import org.score4j.folder.ResidentMemory;
import org.score4j.folder.StartOptions;
import org.score4j.label.ClassMix;
import org.score4j.label.ClassNotes;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;
import org.score4j.sampling.Generator;
import org.score4j.size.ArraySize;
import org.score4j.size.SizeCheck;
import org.score4j.size.TrainingSize;
import org.score4j.training.FineTuning;
import org.score4j.training.Trainer;

/** Tries a few steps of a run to estimate what all of it will take. */
public final class DryRun {
  /** The first step also pays for what TensorFlow prepares once. */
  private static final int WARM_UP = 1;

  private static final int TIMED = 3;
  private static final double NANOS = 1e9;

  private final Recipe recipe;
  private final Examples examples;
  private final Trainer trainer;
  private final Generator generator;
  private final Reference reference;
  private final DataCheck check;
  private final Evaluator evaluator;
  private final SizeCheck sizes;
  private final Monitor monitor;
  private final ClassMix mix;
  private final ClassNotes classNotes;
  private final SampleLabels labels;
  private final FineTuning fineTuning;
  private final StartOptions start;

  @Inject
  DryRun(
      Recipe recipe,
      Examples examples,
      Trainer trainer,
      Generator generator,
      Reference reference,
      DataCheck check,
      Evaluator evaluator,
      SizeCheck sizes,
      Monitor monitor,
      ClassMix mix,
      ClassNotes classNotes,
      SampleLabels labels,
      FineTuning fineTuning,
      StartOptions start) {
    this.recipe = recipe;
    this.examples = examples;
    this.trainer = trainer;
    this.generator = generator;
    this.reference = reference;
    this.check = check;
    this.evaluator = evaluator;
    this.sizes = sizes;
    this.monitor = monitor;
    this.mix = mix;
    this.classNotes = classNotes;
    this.labels = labels;
    this.fineTuning = fineTuning;
    this.start = start;
  }

  /**
   * What the run will take, after all data have been read once.
   *
   * @param sampling whether samples are to be drawn too
   * @throws InvalidValueException if sizes or metrics do not suit, or some cannot be read
   */
  public Estimate estimate(boolean sampling) {
    checkBefore(sampling);
    Stream.of(examples, reference.examples())
        .distinct()
        .flatMap(data -> check.broken(data).stream())
        .forEach(
            broken -> {
              throw broken;
            });
    boolean drawn = sampling && recipe.model().isPresent();
    List<String> notes = new ArrayList<>(classNotes.ofTraining());
    if (drawn) {
      notes.addAll(classNotes.ofSampling(!recipe.evaluation().isEmpty()));
    }
    return new Estimate(
        recipe.name(),
        examples,
        mix.classes() > 0 ? Optional.of(classNotes.shares()) : Optional.empty(),
        notes,
        start.from().map(from -> fineTuning.check(from, start.weights(), start.partial())),
        recipe.training().map(this::train),
        drawn ? Optional.of(sample()) : Optional.empty(),
        ResidentMemory.peak());
  }

  /** What needs no example, which may take long to read. */
  private void checkBefore(boolean sampling) {
    labels.check();
    recipe.training().ifPresent(sizes::training);
    if (sampling && recipe.model().isPresent()) {
      sizes.sampling();
      evaluator.begin(recipe.sampling().count()).close();
    }
  }

  private Estimate.Training train(Training training) {
    TrainingSize size = sizes.training(training);
    try (TrainingProgram program = trainer.compile(training);
        BatchReader reader =
            new BatchReader(
                examples, training.batchSize(), recipe.seed(), BatchReader.usualThreads())) {
      return new Estimate.Training(
          program.parameterCount(),
          program.parameters().size(),
          program.entries().stream().mapToLong(DryRun::bytes).sum(),
          sizes.lines(size, training),
          training.steps(),
          (long) training.batchSize() * training.accumulate(),
          secondsOfABatch(program, reader) * training.accumulate());
    }
  }

  private static long bytes(CheckpointEntry entry) {
    return entry.shape().size() * Float.BYTES;
  }

  private double secondsOfABatch(TrainingProgram program, BatchReader reader) {
    long start = System.nanoTime();
    for (int step = 1; step <= WARM_UP + TIMED; step++) {
      monitor.check();
      BatchReader.Batch batch = reader.read(step);
      program.step(step, batch.data(), batch.labels());
      if (step == WARM_UP) {
        start = System.nanoTime();
      }
    }
    return (System.nanoTime() - start) / NANOS / TIMED;
  }

  private Estimate.Sampling sample() {
    int count = recipe.sampling().count();
    int batch = Math.min(count, recipe.sampling().batchSize());
    try (SamplingProgram program = generator.compile(batch)) {
      return new Estimate.Sampling(
          count, batch, ArraySize.batches(count, batch), firstSteps(program));
    }
  }

  private Optional<Estimate.Steps> firstSteps(SamplingProgram program) {
    var watch =
        new Object() {
          private long first;
          private long before;
          private long start = System.nanoTime();
          private Optional<Estimate.Steps> seen = Optional.empty();

          void step(long done, long total, long evaluations) {
            monitor.check();
            long now = System.nanoTime();
            double seconds = (now - start) / NANOS / (done - first);
            // A loop in the graph is counted before it begins.
            boolean counted = first > 0 && evaluations == before;
            before = evaluations;
            seen =
                Optional.of(
                    new Estimate.Steps(
                        total, seconds, counted ? evaluations : evaluations * total / done));
            if (first == 0) {
              first = done;
              start = now;
            } else if (done >= first + TIMED) {
              throw new CancellationException("seen enough");
            }
          }
        };
    try {
      program.draw(
          recipe.seed(),
          0,
          n -> (int) (n % examples.classes()),
          (done, total) -> watch.step(done, total, program.evaluations()));
    } catch (CancellationException e) {
      monitor.check();
    }
    return watch.seen;
  }
}
