package org.score4j.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.engine.training.HeldOutSplit;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.examples.SpreadExamples;
import org.score4j.examples.Standardizing;
import org.score4j.recipe.HeldOut;
import org.score4j.recipe.Training;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.size.ArraySize;

/** The training data with what is held out of them, or beside them. */
final class HeldOutWatch implements AutoCloseable {
  private final Training training;
  private final Examples trained;
  private final Optional<Examples> watched;
  private final Optional<Examples> opened;

  /**
   * Divides data as the recipe says.
   *
   * @param all the recipe's data, which stay their owner's to close
   * @throws BadInput if the held-out data are of another kind, or a share leaves nothing to train
   *     on
   */
  HeldOutWatch(Training training, Examples all) {
    this.training = training;
    if (training.heldOut().flatMap(HeldOut::share).isPresent() && all.size().orElse(2) < 2) {
      throw new BadInput(
          "training.heldOut.share: must leave an example to train on; the data hold "
              + all.size().orElseThrow());
    }
    opened =
        training
            .heldOut()
            .flatMap(HeldOut::data)
            .map(Dataset::open)
            .map(data -> Standardizing.apply(data, all.standardization()));
    Optional<HeldOutSplit> split =
        training.heldOut().flatMap(HeldOut::share).map(share -> new HeldOutSplit(all, share));
    trained = split.map(HeldOutSplit::training).orElse(all);
    watched = opened.or(() -> split.map(HeldOutSplit::heldOut));
    if (watched.isPresent() && !alike(watched.get(), all)) {
      close();
      throw new BadInput(
          "training.heldOut.data: must be like the recipe's data, of shape "
              + all.shape()
              + " with "
              + all.classes()
              + " classes; found shape "
              + watched.get().shape()
              + " with "
              + watched.get().classes());
    }
  }

  private static boolean alike(Examples one, Examples other) {
    return one.shape().equals(other.shape())
        && one.classes() == other.classes()
        && one.pixels().equals(other.pixels());
  }

  /** The examples to train on. */
  Examples trained() {
    return trained;
  }

  /** Whether there is something to do after a step. */
  boolean isDue(long step) {
    return training.heldOut().isPresent()
        && (step % training.heldOut().get().every() == 0 || step == training.steps());
  }

  /** The line of the log: the loss by decay. */
  Map<String, Object> measure(TrainingProgram program, long step) {
    double[] sums = new double[training.averaging().decays().size()];
    int batches = batches();
    for (int b = 0; b < batches; b++) {
      double[] losses = losses(program, b);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += losses[i];
      }
    }
    Map<String, Object> byDecay = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      byDecay.put(training.averaging().decays().get(i).toString(), sums[i] / batches);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("heldOut", byDecay);
    return line;
  }

  private int batches() {
    long most = watched.orElseThrow().size().orElse(Long.MAX_VALUE);
    long count = Math.min(training.heldOut().orElseThrow().count(), most);
    return ArraySize.batches(count, training.batchSize());
  }

  private double[] losses(TrainingProgram program, int batch) {
    Examples examples = watched.orElseThrow();
    int elementBytes = examples.pixels().isPresent() ? 1 : Float.BYTES;
    long bytes = examples.shape().size() * elementBytes;
    ByteBuffer data =
        ByteBuffer.allocateDirect(ArraySize.of("training.batchSize", training.batchSize(), bytes))
            .order(ByteOrder.nativeOrder());
    int[] labels = new int[training.batchSize()];
    for (int i = 0; i < labels.length; i++) {
      long number = (long) batch * labels.length + i;
      long index =
          examples.size().isPresent() ? spread(examples.size().getAsLong(), number) : number;
      examples.read(index, data);
      labels[i] = examples.classes() > 0 ? examples.label(index) : 0;
    }
    return program.heldOutLosses(batch, data.flip(), labels);
  }

  private long spread(long size, long number) {
    int count = (int) Math.min(size, (long) batches() * training.batchSize());
    // A last batch that is not full goes on from the start.
    return new SpreadExamples(size, count).number((int) (number % count));
  }

  @Override
  public void close() {
    opened.ifPresent(Examples::close);
  }
}
