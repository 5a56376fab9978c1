package org.score4j.size;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.device.Device;
import org.score4j.engine.size.ActivationSize;
import org.score4j.engine.size.NetworkSize;
import org.score4j.format.text.Bytes;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;

/** Refuses runs that this machine cannot hold, before anything of them is allocated. */
public final class SizeCheck {
  /** Part of an estimate that a run takes at the very least. */
  private static final double SURELY = 0.5;

  private final Recipe recipe;
  private final Examples examples;
  private final MachineMemory memory;
  private Optional<NetworkSize> counted = Optional.empty();

  /** The check of a run. */
  @Inject
  public SizeCheck(Recipe recipe, Examples examples, MachineMemory memory) {
    this.recipe = recipe;
    this.examples = examples;
    this.memory = memory;
  }

  /**
   * Checks training.
   *
   * @return what it takes
   * @throws InvalidValueException if the network or the batch is too large
   */
  public TrainingSize training(Training training) {
    NetworkSize network = network();
    long elements = examples.shape().size();
    var size = TrainingSize.of(network, training, elements);
    checkNetwork(network, size);
    batch("training.batchSize", training.batchSize(), network);
    double bytesInJava = 2.0 * elements * (examples.pixels().isPresent() ? 1 : Float.BYTES);
    most(
        "training.batchSize",
        training.batchSize(),
        memory.heap() / bytesInJava,
        "two batches of data are in Java's memory of " + shown(memory.heap()));
    if (onProcessor()) {
      most(
          "training.batchSize",
          training.batchSize(),
          (memory.physical() - size.state()) / (SURELY * size.example()),
          "the network computes about "
              + shown(size.example())
              + " for each example, and this machine has "
              + shown(memory.physical()));
    }
    return size;
  }

  /**
   * Checks drawing samples.
   *
   * @throws InvalidValueException if the batch is too large, or the disk too full for the samples
   */
  public void sampling() {
    long sample = Float.BYTES * examples.shape().size();
    most(
        "sampling.count",
        recipe.sampling().count(),
        (double) memory.disk() / sample,
        "each takes "
            + Bytes.shown(sample)
            + ", and the disk has "
            + shown(memory.disk())
            + " left");
    int batch = Math.min(recipe.sampling().count(), recipe.sampling().batchSize());
    boolean trainedWithMore =
        recipe.training().filter(training -> training.batchSize() >= batch).isPresent();
    if (trainedWithMore) {
      return;
    }
    NetworkSize network = network();
    batch("sampling.batchSize", batch, network);
    double live = network.activations().map(ActivationSize::live).orElse(0L);
    if (onProcessor() && live > 0) {
      most(
          "sampling.batchSize",
          batch,
          memory.physical() / (SURELY * live),
          "the network computes about "
              + shown(live)
              + " for each sample at a time, and this machine has "
              + shown(memory.physical()));
    }
  }

  /** The memory that the estimates are held against. */
  public MachineMemory memory() {
    return memory;
  }

  private NetworkSize network() {
    if (counted.isEmpty()) {
      boolean training = recipe.training().isPresent();
      counted =
          Optional.of(
              recipe.classifier().isPresent()
                  ? NetworkSize.of(
                      recipe.classifier().get(),
                      examples.shape(),
                      Math.max(1, examples.classes()),
                      training,
                      recipe.compute().precision())
                  : NetworkSize.of(
                      recipe.model().orElseThrow(),
                      examples.shape(),
                      examples.classes(),
                      training,
                      recipe.compute().precision()));
    }
    return counted.get();
  }

  private void checkNetwork(NetworkSize network, TrainingSize size) {
    String key = recipe.classifier().isPresent() ? "classifier" : "model";
    String found =
        String.format(
            Locale.ROOT,
            "%s%,d parameters in %s%,d operations",
            network.complete() ? "" : "more than ",
            network.parameters(),
            network.complete() ? "" : "more than ",
            network.operations());
    if (onProcessor() ? size.state() > memory.physical() : size.parameters() > memory.physical()) {
      throw new InvalidValueException(
          key,
          found,
          "must fit into the memory of this machine, "
              + shown(memory.physical())
              + ": about "
              + shown(size.parameters())
              + " of parameters, "
              + shown(size.state())
              + " with gradients, optimizer and EMA weights; make the network narrower");
    }
    if (network.largestParameter() > Integer.MAX_VALUE) {
      throw new InvalidValueException(
          key,
          found,
          "must have parameters of at most "
              + Integer.MAX_VALUE
              + " numbers each, which is what a tensor can hold; the largest has "
              + network.largestParameter());
    }
    if (!network.complete() && network.operations() >= NetworkSize.MOST_OPERATIONS) {
      throw new InvalidValueException(
          key,
          found,
          "must have at most "
              + NetworkSize.MOST_OPERATIONS
              + " operations, several times as many as any published network; use fewer blocks or"
              + " layers");
    }
  }

  private void batch(String key, int batch, NetworkSize network) {
    long widest = network.activations().map(ActivationSize::widest).orElse(0L);
    long elements = Math.max(examples.shape().size(), widest);
    most(
        key,
        batch,
        (double) Integer.MAX_VALUE / elements,
        "a tensor can hold "
            + Integer.MAX_VALUE
            + " numbers, and the largest here has "
            + elements
            + " for each example");
  }

  private static void most(String key, int found, double most, String reason) {
    if (found > most) {
      throw new InvalidValueException(
          key, found, "must be at most " + Math.max(0, (long) most) + ": " + reason);
    }
  }

  private boolean onProcessor() {
    return new Device(recipe.compute().device()).resolved().equals("cpu");
  }

  private static String shown(double bytes) {
    return Bytes.shown((long) bytes);
  }

  /** What training takes, for people. */
  public List<String> lines(TrainingSize size, Training training) {
    double activations = training.batchSize() * size.example();
    return List.of(
        shown(size.state())
            + " of parameters, gradients, optimizer and EMA weights, and about "
            + shown(activations)
            + " of activations, besides Java and TensorFlow themselves",
        onProcessor()
            ? String.format(
                Locale.ROOT,
                "batches of up to about %,d fit into the %s of this machine",
                size.largestBatch(memory.physical()),
                shown(memory.physical()))
            : "the memory of the GPU is not known");
  }
}
