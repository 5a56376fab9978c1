package org.score4j.recipe;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Optimizer;
import org.score4j.api.Precision;
import org.score4j.api.Schedule;
import org.score4j.api.Validation;
import org.score4j.engine.device.Device;
import org.score4j.recipe.plugin.Default;

/**
 * How a model is trained.
 *
 * @param steps updates of the parameters in all
 * @param batchSize examples whose gradient is taken at once
 * @param accumulate batches in each update, which moves by their mean gradient
 * @param optimizer the rule of the update
 * @param schedule of the learning rate
 * @param warmup steps over which the learning rate rises linearly from 0; 0 for none
 * @param gradientClip largest norm of the gradient of all parameters together; 0 for no limit
 * @param ema decays of the moving averages of the parameters, each in [0, 1); 0 for no average
 * @param labelDropout share of examples whose class the model is not told, in [0, 1]; 0.1 or so
 *     lets it serve classifier-free guidance
 * @param flip whether images are mirrored left to right with probability 1/2
 * @param dequantize whether bytes k become (k + u) / 256 of their range, u uniform on [0, 1)
 * @param precision arithmetic of the network
 * @param device where training and sampling run: {@code auto} for the first GPU, or the CPU if
 *     there is none; {@code cpu}; {@code gpu:N} for GPU number N
 * @param threads of one operation, on which the last bits depend; 0 for as many as the machine has
 * @param skipLimit updates in a row that may be skipped as loss or gradient is not finite
 * @param checkpointEvery steps between checkpoints
 * @param keepLast newest checkpoints that are kept
 * @param keepEvery checkpoints of multiples of this many steps are kept too; 0 for none
 * @param logEvery steps between reports of the loss
 * @param previews how many times a few samples are drawn for the run's page, more often early on;
 *     fewer or none if that would take more than some 2 % of the training; 0 for none
 * @param heldOut on which other data to watch the loss; empty for none
 * @param tensorBoard what goes into event files; empty for no such files
 */
public record Training(
    int steps,
    @Default("128") int batchSize,
    @Default("1") int accumulate,
    @Default("\"adam\"") Optimizer optimizer,
    @Default("\"constant\"") Schedule schedule,
    @Default("500") int warmup,
    @Default("1") double gradientClip,
    @Default("0.999") List<Double> ema,
    @Default("0") double labelDropout,
    @Default("false") boolean flip,
    @Default("false") boolean dequantize,
    @Default("\"float32\"") Precision precision,
    @Default("\"auto\"") String device,
    @Default("0") int threads,
    @Default("10") int skipLimit,
    @Default("1000") int checkpointEvery,
    @Default("2") int keepLast,
    @Default("0") int keepEvery,
    @Default("100") int logEvery,
    @Default("8") int previews,
    Optional<HeldOut> heldOut,
    Optional<TensorBoard> tensorBoard) {

  /** A position in the shuffled data is a long. */
  private static final double MOST_EXAMPLES = 0x1p62;

  /** TensorFlow starts them all. */
  private static final int MOST_THREADS = 4096;

  /** Checks the ranges. */
  public Training {
    ema = List.copyOf(ema);
    Validation.begin()
        .atLeast("steps", steps, 1)
        .atLeast("batchSize", batchSize, 1)
        .atLeast("accumulate", accumulate, 1)
        .atLeast("warmup", warmup, 0)
        .notNegative("gradientClip", gradientClip)
        .notEmpty("ema", ema)
        .rule(
            ema.stream().allMatch(decay -> decay >= 0 && decay < 1),
            "ema",
            ema,
            "must be 0 or above, and below 1")
        .rule(new HashSet<>(ema).size() == ema.size(), "ema", ema, "must not name a decay twice")
        .rule(
            labelDropout >= 0 && labelDropout <= 1,
            "labelDropout",
            labelDropout,
            "must be from 0 to 1")
        .rule(Device.isName(device), "device", device, Device.RULE)
        .within("threads", threads, 0, MOST_THREADS)
        .atLeast("skipLimit", skipLimit, 0)
        .atLeast("checkpointEvery", checkpointEvery, 1)
        .atLeast("keepLast", keepLast, 1)
        .atLeast("keepEvery", keepEvery, 0)
        .atLeast("logEvery", logEvery, 1)
        .count("previews", previews, 0)
        .rule(
            (double) steps * accumulate * batchSize <= MOST_EXAMPLES,
            "batchSize",
            batchSize,
            "must be so small that steps x accumulate x batchSize, the examples read in all, is at"
                + " most 2^62")
        .end();
  }

  /**
   * Checks that the device is there.
   *
   * @throws org.score4j.api.InvalidValueException if it is a GPU that TensorFlow cannot use
   */
  public void checkDevice() {
    if (!device.equals(Device.AUTO.name())) {
      new Device(device).resolved();
    }
  }
}
