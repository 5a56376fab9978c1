package org.score4j.engine.size;

import java.util.LinkedHashMap;
import java.util.Map;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.engine.graph.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A model's scope in which parameters have shapes and take no memory, however large they are. */
final class CountingScope implements ModelScope {
  private final String path;
  private final Ops tf;
  private final boolean training;
  private final Precision precision;
  private final Map<String, Counted> counted;

  /** A parameter, or a buffer. */
  record Counted(Operand<TFloat32> value, Shape shape, boolean trained) {}

  private CountingScope(
      String path, Ops tf, boolean training, Precision precision, Map<String, Counted> counted) {
    this.path = path;
    this.tf = tf;
    this.training = training;
    this.precision = precision;
    this.counted = counted;
  }

  /** The scope of a whole model. */
  static CountingScope root(Ops tf, boolean training, Precision precision) {
    return new CountingScope("", tf, training, precision, new LinkedHashMap<>());
  }

  /** All parameters and buffers that were asked for, by path. */
  Map<String, Counted> counted() {
    return counted;
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public ModelScope child(String name) {
    return new CountingScope(
        path + name + "/", GraphScope.inside(tf, name), training, precision, counted);
  }

  @Override
  public Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer) {
    return count(name, shape, true);
  }

  @Override
  public Operand<TFloat32> buffer(String name, Shape shape, Initializer initializer) {
    return count(name, shape, false);
  }

  private Operand<TFloat32> count(String name, Shape shape, boolean trained) {
    return counted
        .computeIfAbsent(
            path + name,
            unused ->
                new Counted(
                    tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape)),
                    shape,
                    trained))
        .value();
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
    return tf.random.statelessRandomUniform(
        tf.shape(like), tf.constant(new long[] {0, 0}), TFloat32.class);
  }
}
