package org.score4j.engine.training;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.score4j.api.Precision;
import org.score4j.api.Validation;
import org.score4j.engine.device.Device;

/**
 * How a model is trained.
 *
 * @param batchSize examples of which the gradient is taken at once, at least 1
 * @param accumulate batches whose mean gradient makes one update, at least 1
 * @param rate the course of the learning rate
 * @param gradientClip largest norm of all gradients together, 0 for no limit
 * @param ema decays of the averages of the parameters, at least one, each in [0, 1)
 * @param labelDropout share of examples whose class the model is not told, in [0, 1], so that it
 *     learns the score of all classes together too (classifier-free guidance)
 * @param augmentation what happens to examples on their way in
 * @param precision arithmetic of the network
 * @param heldOut whether the loss of the averages on other data can be asked for
 * @param device where it runs
 * @param threads of one operation; 0 for as many as the machine has
 * @param seed determines initial parameters, noise, times and the order of the data
 */
public record TrainingSettings(
    int batchSize,
    int accumulate,
    RateCourse rate,
    double gradientClip,
    List<Double> ema,
    double labelDropout,
    Augmentation augmentation,
    Precision precision,
    boolean heldOut,
    Device device,
    int threads,
    long seed) {

  /** Checks the settings. */
  public TrainingSettings {
    ema = List.copyOf(ema);
    Validation.begin()
        .atLeast("batchSize", batchSize, 1)
        .atLeast("accumulate", accumulate, 1)
        .notNegative("gradientClip", gradientClip)
        .notEmpty("ema", ema)
        .rule(ema.stream().allMatch(d -> d >= 0 && d < 1), "ema", ema, "must lie in [0, 1)")
        .rule(new HashSet<>(ema).size() == ema.size(), "ema", ema, "must differ")
        .rule(
            labelDropout >= 0 && labelDropout <= 1,
            "labelDropout",
            labelDropout,
            "must lie in [0, 1]")
        .atLeast("threads", threads, 0)
        .end();
  }

  /**
   * One batch an update, a constant learning rate after warm-up, and one average; every thread, and
   * no held-out loss.
   *
   * @param warmup updates over which the learning rate rises linearly, 0 or more
   */
  public TrainingSettings(
      int batchSize,
      int warmup,
      double gradientClip,
      double ema,
      double labelDropout,
      Augmentation augmentation,
      Precision precision,
      long seed) {
    this(
        batchSize,
        1,
        RateCourse.constantAfter(warmup),
        gradientClip,
        List.of(ema),
        labelDropout,
        augmentation,
        precision,
        false,
        Device.AUTO,
        0,
        seed);
  }

  /** The averages of the parameters, in the order of {@link #ema}. */
  List<ParameterAverage> averages() {
    return IntStream.range(0, ema.size())
        .mapToObj(i -> ParameterAverage.of(ema.get(i), i == 0))
        .toList();
  }
}
