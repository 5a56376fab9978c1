package org.score4j.api;

import java.util.function.LongToDoubleFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** One parameter, its gradient, and what an optimiser remembers of it. */
public interface OptimizerGraph {

  /**
   * Operations added here run after every gradient of the step has been computed, and not at all if
   * one of them, or the loss, is not finite.
   */
  Ops tf();

  /** Resource handle of the parameter. */
  Operand<? extends TType> parameter();

  /** Gradient of the mean loss, after clipping. */
  Operand<TFloat32> gradient();

  /**
   * The learning rate of this step, after warm-up and {@link LearningRateSchedule}; shape []. It
   * can be 0, and the optimiser's memory then goes on all the same.
   */
  Operand<TFloat32> learningRate();

  /**
   * Resource handle of a tensor like the parameter that the optimiser keeps, zero at first, saved
   * in checkpoints under this name.
   */
  Operand<? extends TType> slot(String name);

  /**
   * A number that depends on the step alone, computed in double on the host; shape []. The same
   * name must always mean the same function.
   *
   * @param ofStep its value at step 1, 2, ...
   */
  Operand<TFloat32> scalar(String name, LongToDoubleFunction ofStep);
}
