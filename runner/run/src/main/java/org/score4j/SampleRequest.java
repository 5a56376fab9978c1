package org.score4j;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.score4j.api.Control;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.engine.label.ClassLabel;
import org.score4j.engine.label.LabelChoice;

/**
 * Which samples to draw from a {@link TrainedModel}. Immutable: each method returns a request that
 * differs in one thing.
 */
public final class SampleRequest {
  private final TrainedModel model;
  private final Settings settings;

  /** What is asked for. */
  record Settings(
      Optional<Sampler> sampler,
      Optional<List<Control>> controls,
      OptionalLong seed,
      Optional<LabelChoice> labels,
      OptionalInt batchSize,
      Progress progress) {}

  SampleRequest(TrainedModel model, Optional<Sampler> sampler) {
    this(
        model,
        new Settings(
            sampler,
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Progress.NONE));
  }

  private SampleRequest(TrainedModel model, Settings settings) {
    this.model = model;
    this.settings = settings;
  }

  /** Which samples: the same seed gives the same samples. The recipe's seed unless set. */
  public SampleRequest seed(long seed) {
    return new SampleRequest(
        model,
        new Settings(
            settings.sampler,
            settings.controls,
            OptionalLong.of(seed),
            settings.labels,
            settings.batchSize,
            settings.progress));
  }

  /** The classes of the samples, repeated in turn. By the data's class shares unless set. */
  public SampleRequest labels(int... classes) {
    return labels(Arrays.stream(classes).<ClassLabel>mapToObj(ClassLabel.Number::new).toList());
  }

  /** The classes by name, as the data call them. */
  public SampleRequest labels(String... names) {
    return labels(Arrays.stream(names).<ClassLabel>map(ClassLabel.Name::new).toList());
  }

  private SampleRequest labels(List<ClassLabel> labels) {
    return new SampleRequest(
        model,
        new Settings(
            settings.sampler,
            settings.controls,
            settings.seed,
            Optional.of(new LabelChoice.Cycle(labels)),
            settings.batchSize,
            settings.progress));
  }

  /** Guidance and conditions, each around those before it. The recipe's unless set. */
  public SampleRequest controls(Control... controls) {
    return new SampleRequest(
        model,
        new Settings(
            settings.sampler,
            Optional.of(List.of(controls)),
            settings.seed,
            settings.labels,
            settings.batchSize,
            settings.progress));
  }

  /** How many are drawn together, which bounds the memory. The recipe's unless set. */
  public SampleRequest batchSize(int size) {
    return new SampleRequest(
        model,
        new Settings(
            settings.sampler,
            settings.controls,
            settings.seed,
            settings.labels,
            OptionalInt.of(size),
            settings.progress));
  }

  /**
   * Follows the sampler's steps; a {@link java.util.concurrent.CancellationException} thrown by it
   * ends the drawing.
   */
  public SampleRequest progress(Progress progress) {
    return new SampleRequest(
        model,
        new Settings(
            settings.sampler,
            settings.controls,
            settings.seed,
            settings.labels,
            settings.batchSize,
            progress));
  }

  /**
   * Draws samples.
   *
   * @param count how many, 1 or more
   * @throws InvalidInputException if the sampler, classes or controls do not suit the model
   * @throws RunFailedException if a sample is not finite
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public Samples draw(int count) {
    return model.draw(settings, count);
  }

  /**
   * Draws samples batch by batch, of which none is kept.
   *
   * @param count how many in all, 1 or more
   * @param batches takes each batch, in order
   */
  public void stream(int count, Consumer<Samples> batches) {
    model.stream(settings, count, batches);
  }
}
