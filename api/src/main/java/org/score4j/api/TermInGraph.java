package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A value of a graph, and where operators add their operations. */
record TermInGraph(Ops tf, Operand<TFloat32> value) implements Term {

  @Override
  public Output<TFloat32> asOutput() {
    return value.asOutput();
  }

  @Override
  public Operation op() {
    return value.op();
  }
}
