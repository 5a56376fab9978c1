package org.score4j.engine.random;

import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/** Where a sampler's standard normal numbers come from. */
public interface NoiseSource {

  /** New noise of the state's shape. */
  Operand<TFloat32> next();

  /**
   * Feeds what the noise of one run is made of.
   *
   * @param firstSample number of the batch's first sample
   * @param used the operations on which the run depends
   * @return the tensors, which are the caller's to close after the run
   */
  List<Tensor> feed(Session.Runner runner, long firstSample, Set<Operation> used);
}
