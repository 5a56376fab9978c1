package org.score4j.engine.sampling;

import org.score4j.api.Register;
import org.score4j.engine.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A register that is a variable of the graph. */
record StateRegister(Ops tf, Variable variable) implements Register {

  @Override
  public Output<TFloat32> asOutput() {
    return variable.value().asOutput();
  }

  @Override
  public Operation op() {
    return variable.value().op();
  }

  @Override
  public Update set(Operand<TFloat32> value) {
    return new Update(this, value);
  }
}
