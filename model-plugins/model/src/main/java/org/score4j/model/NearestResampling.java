package org.score4j.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Every pixel becomes four of its value; every four become their mean. */
record NearestResampling() implements Resampling {

  @Override
  public Operand<TFloat32> up(Ops tf, Operand<TFloat32> x) {
    int[] size = {2 * (int) x.shape().get(1), 2 * (int) x.shape().get(2)};
    return tf.image.resizeNearestNeighbor(x, tf.constant(size));
  }

  @Override
  public Operand<TFloat32> down(Ops tf, Operand<TFloat32> x) {
    List<Long> two = List.of(1L, 2L, 2L, 1L);
    return tf.nn.avgPool(x, two, two, "VALID");
  }
}
