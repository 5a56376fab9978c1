package org.score4j.engine.graph;

import java.util.List;
import org.score4j.api.GradientRule;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.engine.gradient.CustomGradients;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A model's view of a {@link Computation}: its parameters are the variables under one prefix. */
public final class ParameterScope implements ModelScope {
  private final Computation computation;
  private final RandomKey randomKey;
  private final String path;
  private final Ops tf;
  private final boolean training;
  private final Precision precision;

  private ParameterScope(
      Computation computation,
      RandomKey randomKey,
      String path,
      Ops tf,
      boolean training,
      Precision precision) {
    this.computation = computation;
    this.randomKey = randomKey;
    this.path = path;
    this.tf = tf;
    this.training = training;
    this.precision = precision;
  }

  /** The scope of a whole model: its parameters' names start with {@code prefix/}. */
  public static ParameterScope root(
      Computation computation,
      RandomKey randomKey,
      String prefix,
      boolean training,
      Precision precision) {
    Ops tf = GraphScope.inside(computation.tf(), prefix);
    return new ParameterScope(computation, randomKey, prefix, tf, training, precision);
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public ModelScope child(String name) {
    return new ParameterScope(
        computation,
        randomKey,
        path + "/" + name,
        GraphScope.inside(tf, name),
        training,
        precision);
  }

  @Override
  public Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer) {
    return computation.variable(path + "/" + name, shape, initializer).value();
  }

  @Override
  public Operand<TFloat32> buffer(String name, Shape shape, Initializer initializer) {
    return computation.buffer(path + "/" + name, shape, initializer).value();
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Operand<TFloat32> uniform(Operand<TFloat32> like) {
    return tf.random.statelessRandomUniform(tf.shape(like), randomKey.nextSite(), TFloat32.class);
  }

  @Override
  public Operand<TFloat32> customGradient(
      Operand<TFloat32> value, List<Operand<TFloat32>> inputs, GradientRule rule) {
    return training ? CustomGradients.of(computation.graph(), tf, value, inputs, rule) : value;
  }
}
