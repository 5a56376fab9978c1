package org.score4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.score4j.api.GradientRule;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.engine.gradient.CustomGradients;
import org.score4j.engine.gradient.SecondOrderGradients;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/** A graph whose parameters are resource variables, as small as these tests allow. */
final class TestGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Session session = new Session(graph);
  private final Precision precision;
  private final boolean scrambled;
  private final Map<String, Operand<TFloat32>> parameters = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> buffers = new LinkedHashMap<>();
  private final List<Op> initializers = new ArrayList<>();

  private TestGraph(Precision precision, boolean scrambled) {
    SecondOrderGradients.install();
    this.precision = precision;
    this.scrambled = scrambled;
  }

  /** A graph whose parameters start as the model wants them. */
  static TestGraph fresh() {
    return fresh(Precision.FLOAT32);
  }

  static TestGraph fresh(Precision precision) {
    return new TestGraph(precision, false);
  }

  /** A graph whose parameters are all random, so that nothing hides behind a zero. */
  static TestGraph scrambled(Precision precision) {
    return new TestGraph(precision, true);
  }

  static TestGraph scrambled() {
    return scrambled(Precision.FLOAT32);
  }

  Ops tf() {
    return tf;
  }

  Graph graph() {
    return graph;
  }

  Map<String, Operand<TFloat32>> parameters() {
    return parameters;
  }

  Map<String, Operand<TFloat32>> buffers() {
    return buffers;
  }

  ModelScope scope() {
    return new Scope("", true);
  }

  ModelScope samplingScope() {
    return new Scope("", false);
  }

  /** Gives every parameter its first value; to be called once the graph is complete. */
  void initialize() {
    if (initializers.isEmpty()) {
      return;
    }
    var runner = session.runner();
    initializers.forEach(runner::addTarget);
    runner.run().close();
  }

  Session.Runner runner() {
    return session.runner();
  }

  float[] values(Operand<TFloat32> operand) {
    try (var result = session.runner().fetch(operand).run()) {
      return flat((TFloat32) result.get(0));
    }
  }

  static float[] flat(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  static TFloat32 tensor(Shape shape, float... values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  Operand<TFloat32> constant(Shape shape, float... values) {
    return tf.reshape(tf.constant(values), tf.constant(shape.asArray()));
  }

  /** Standard normal numbers, the same at every call. */
  Operand<TFloat32> normal(long... shape) {
    return constant(Shape.of(shape), normals((int) Shape.of(shape).size(), 5));
  }

  static float[] normals(int count, long seed) {
    var random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** A sum of the tensor's numbers, each with a random weight. */
  Operand<TFloat32> weighted(Operand<TFloat32> x, long seed) {
    var weights = constant(x.shape(), normals((int) x.shape().size(), seed));
    var flat = tf.reshape(tf.math.mul(x, weights), tf.constant(new int[] {-1}));
    return tf.reduceSum(flat, tf.constant(0));
  }

  /** Levels with alpha and sigma of each example; time has no meaning here and is 0. */
  LevelTensors level(float[] alpha, float[] sigma) {
    return new Level(tf.constant(new float[alpha.length]), tf.constant(alpha), tf.constant(sigma));
  }

  LevelTensors level(double alpha, double sigma) {
    return level(new float[] {(float) alpha}, new float[] {(float) sigma});
  }

  @Override
  public void close() {
    session.close();
    CustomGradients.forget(graph);
    graph.close();
  }

  private record Level(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  private final class Scope implements ModelScope {
    private final String path;
    private final boolean training;

    Scope(String path, boolean training) {
      this.path = path;
      this.training = training;
    }

    @Override
    public Ops tf() {
      return tf;
    }

    @Override
    public ModelScope child(String name) {
      return new Scope(path + name + "/", training);
    }

    @Override
    public Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer) {
      return parameters.computeIfAbsent(
          path + name,
          full -> variable(full, shape, scrambled ? Initializer.normal(0.3) : initializer));
    }

    private Operand<TFloat32> variable(String full, Shape shape, Initializer start) {
      var handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(full));
      var seed = tf.constant(new long[] {1, full.hashCode()});
      initializers.add(tf.assignVariableOp(handle, start.values(tf, shape, seed)));
      return tf.readVariableOp(handle, TFloat32.class);
    }

    @Override
    public Operand<TFloat32> buffer(String name, Shape shape, Initializer initializer) {
      return buffers.computeIfAbsent(path + name, full -> variable(full, shape, initializer));
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
          tf.shape(like), tf.constant(new long[] {7, path.hashCode()}), TFloat32.class);
    }

    @Override
    public Operand<TFloat32> customGradient(
        Operand<TFloat32> value, List<Operand<TFloat32>> inputs, GradientRule rule) {
      return training ? CustomGradients.of(graph, tf, value, inputs, rule) : value;
    }
  }
}
