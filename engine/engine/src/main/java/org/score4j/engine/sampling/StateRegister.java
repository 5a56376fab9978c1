package org.score4j.engine.sampling;

import org.score4j.api.Register;
import org.score4j.engine.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A register that is a variable of the graph. */
record StateRegister(Variable variable) implements Register {

  @Override
  public Operand<TFloat32> value() {
    return variable.value();
  }

  @Override
  public Update set(Operand<TFloat32> value) {
    return new Update(this, value);
  }
}
