package org.score4j.engine;

import java.util.List;
import org.score4j.api.Feed;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Values for float32 placeholders of a graph. */
record HostFeed(List<Value> values) implements Feed {

  /** One number for one placeholder, of shape [] or [1]. */
  record Value(Operand<TFloat32> placeholder, Shape shape, double value) {
    TFloat32 tensor() {
      return TFloat32.tensorOf(shape, data -> data.setObject((float) value));
    }
  }
}
