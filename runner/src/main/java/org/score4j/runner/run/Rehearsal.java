package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.BatchReader;
import org.score4j.engine.CheckpointEntry;
import org.score4j.engine.SamplingProgram;
import org.score4j.engine.TrainingProgram;
import org.score4j.runner.console.Bytes;
import org.score4j.runner.console.ClockTime;
import org.score4j.runner.console.Table;
import org.score4j.runner.data.DataCheck;
import org.score4j.runner.label.ClassMix;
import org.score4j.runner.label.ClassNotes;
import org.score4j.runner.label.SampleLabels;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.Training;
import org.score4j.runner.size.SizeCheck;
import org.score4j.runner.size.TrainingSize;

/** Tries a few steps of a run, and tells from them what all of it will take. */
public final class Rehearsal {
  /** The first step also pays for what TensorFlow prepares once. */
  private static final int WARM_UP = 1;

  private static final int TIMED = 3;
  private static final double NANOS = 1e9;

  private final Recipe recipe;
  private final Examples examples;
  private final Trainer trainer;
  private final Generator generator;
  private final Evaluator.Reference reference;
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
  Rehearsal(
      Recipe recipe,
      Examples examples,
      Trainer trainer,
      Generator generator,
      Evaluator.Reference reference,
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
  public List<String> lines(boolean sampling) {
    checkBefore(sampling);
    Stream.of(examples, reference.examples())
        .distinct()
        .flatMap(data -> check.broken(data).stream())
        .forEach(
            broken -> {
              throw broken;
            });
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("examples", examples()));
    if (mix.classes() > 0) {
      rows.add(List.of("classes", classNotes.shares()));
    }
    classNotes.ofTraining().forEach(note -> rows.add(List.of("note", note)));
    if (sampling && recipe.model().isPresent()) {
      boolean measured = !recipe.evaluation().isEmpty();
      classNotes.ofSampling(measured).forEach(note -> rows.add(List.of("note", note)));
    }
    start
        .from()
        .map(from -> fineTuning.check(from, start.weights(), start.partial()))
        .ifPresent(words -> rows.add(List.of("from", words)));
    recipe.training().ifPresent(training -> train(training, rows));
    if (sampling && recipe.model().isPresent()) {
      sample(rows);
    }
    ResidentMemory.peak()
        .ifPresent(
            bytes ->
                rows.add(
                    List.of(
                        "measured",
                        Bytes.shown(bytes) + " of memory at most so far, all together")));
    return new Table(List.of("dry run", recipe.name()), rows).lines();
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

  private String examples() {
    String count =
        examples.size().isPresent()
            ? String.format(Locale.ROOT, "%,d", examples.size().getAsLong())
            : "any number";
    return count
        + " of shape "
        + examples.shape()
        + examples
            .pixels()
            .map(range -> ", pixels in [%s, %s]".formatted(range.low(), range.high()))
            .orElse("")
        + (examples.standardization().isPresent() ? ", standardized" : "")
        + switch (examples.classes()) {
          case 0 -> "";
          case 1 -> ", 1 class";
          default -> ", " + examples.classes() + " classes";
        };
  }

  private void train(Training training, List<List<String>> rows) {
    TrainingSize size = sizes.training(training);
    try (TrainingProgram program = trainer.compile(training);
        BatchReader reader =
            new BatchReader(
                examples, training.batchSize(), recipe.seed(), BatchReader.usualThreads())) {
      rows.add(
          List.of(
              "parameters",
              String.format(
                  Locale.ROOT,
                  "%,d in %,d tensors",
                  program.parameterCount(),
                  program.parameters().size())));
      long state = program.entries().stream().mapToLong(Rehearsal::bytes).sum();
      rows.add(
          List.of("checkpoint", Bytes.shown(state) + " with averages and the optimizer's memory"));
      sizes.lines(size, training).forEach(line -> rows.add(List.of("memory", line)));
      double seconds = secondsOfABatch(program, reader) * training.accumulate();
      rows.add(
          List.of(
              "training",
              String.format(
                  Locale.ROOT,
                  "%,d steps of %,d examples, %.3g s each: about %s",
                  training.steps(),
                  (long) training.batchSize() * training.accumulate(),
                  seconds,
                  ClockTime.of(seconds * training.steps()))));
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

  private void sample(List<List<String>> rows) {
    int count = recipe.sampling().count();
    int batch = Math.min(count, recipe.sampling().batchSize());
    long batches = ArraySize.batches(count, batch);
    try (SamplingProgram program = generator.compile(batch)) {
      Optional<Tried> tried = tried(program);
      String time =
          tried
              .map(
                  t ->
                      String.format(
                          Locale.ROOT,
                          "%,d evaluations each, %.3g s a step of %,d: about %s",
                          t.evaluations(),
                          t.seconds(),
                          t.steps(),
                          ClockTime.of(t.seconds() * t.steps() * batches)))
              .orElse("of no known duration");
      rows.add(
          List.of(
              "sampling",
              String.format(Locale.ROOT, "%,d samples, %,d at a time, %s", count, batch, time)));
    }
  }

  /**
   * What the first steps of a sampler told.
   *
   * @param steps there will be for a batch, as far as the sampler knows
   * @param seconds of a step
   * @param evaluations there will be for a sample
   */
  private record Tried(long steps, double seconds, long evaluations) {}

  private Optional<Tried> tried(SamplingProgram program) {
    var watch =
        new Object() {
          private long first;
          private long before;
          private long start = System.nanoTime();
          private Optional<Tried> tried = Optional.empty();

          void step(long done, long total, long evaluations) {
            monitor.check();
            long now = System.nanoTime();
            double seconds = (now - start) / NANOS / (done - first);
            // A loop in the graph is counted before it begins.
            boolean counted = first > 0 && evaluations == before;
            before = evaluations;
            tried =
                Optional.of(
                    new Tried(total, seconds, counted ? evaluations : evaluations * total / done));
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
    return watch.tried;
  }
}
