package org.score4j.engine.sampling;

import java.util.List;
import org.score4j.api.Feed;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Values for float32 placeholders of a graph. */
record HostFeed(List<Value> values) implements Feed {

  /** Numbers for one placeholder, of shape [] or [n]. */
  record Value(Operand<TFloat32> placeholder, Shape shape, double... numbers) {
    TFloat32 tensor() {
      return TFloat32.tensorOf(
          shape,
          data -> {
            int next = 0;
            for (var element : data.scalars()) {
              element.setFloat((float) numbers[next++]);
            }
          });
    }
  }
}
