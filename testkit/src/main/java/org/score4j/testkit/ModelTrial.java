package org.score4j.testkit;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Condition;
import org.score4j.api.GradientRule;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.score4j.engine.gradient.CustomGradients;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A model in a graph of its own, whose parameters are fed at each run. */
final class ModelTrial implements AutoCloseable {
  private final SmallGraph graph = SmallGraph.empty();
  private final Ops tf = graph.tf();
  private final Setting setting;
  private final Map<String, Operand<TFloat32>> variables = new LinkedHashMap<>();
  private final List<String> trained = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final Placeholder<TFloat32> x;
  private final Levels levels;
  private final Optional<Placeholder<TInt32>> labels;
  private final Placeholder<TInt64> randomKey;
  private final Condition condition;
  private final Operand<TFloat32> output;
  private long sites;

  /**
   * How the model is built.
   *
   * @param batch number of examples; -1 for any
   * @param classes of the data; 0 if none
   * @param seed of initial values
   */
  record Setting(
      long batch, Shape example, int classes, boolean training, Precision precision, long seed) {}

  private record Levels(
      Placeholder<TFloat32> t, Placeholder<TFloat32> alpha, Placeholder<TFloat32> sigma)
      implements LevelTensors {}

  /** Builds the model. */
  ModelTrial(ScoreModel model, Setting setting) {
    this.setting = setting;
    Shape vector = Shape.of(setting.batch());
    x = floats(setting.example().prepend(setting.batch()));
    levels = new Levels(floats(vector), floats(vector), floats(vector));
    labels =
        setting.classes() == 0
            ? Optional.empty()
            : Optional.of(tf.placeholder(TInt32.class, Placeholder.shape(vector)));
    randomKey = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    try {
      condition =
          labels.map(l -> Condition.labels(l, setting.classes())).orElseGet(Condition::none);
      output = model.apply(new Scope(""), x, levels, condition);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Placeholder<TFloat32> floats(Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  /** Shape of the output, as the graph knows it. */
  Shape outputShape() {
    return output.shape();
  }

  /** Paths of parameters and buffers, as often as they were asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** Initial values of parameters and buffers by path. */
  Map<String, Vector> initial() {
    Map<String, Vector> values = new LinkedHashMap<>();
    if (!variables.isEmpty()) {
      Session.Runner runner = graph.session().runner();
      variables.values().forEach(runner::fetch);
      try (Result result = runner.run()) {
        int i = 0;
        for (String name : variables.keySet()) {
          values.put(name, new Vector(SmallGraph.values(result.get(i++))));
        }
      }
    }
    return values;
  }

  /** Paths of what is trained. */
  List<String> trained() {
    return List.copyOf(trained);
  }

  /** The output at the initial values, row-major. */
  Vector output(Noised batch) {
    return output(batch, initial(), 0);
  }

  /**
   * The output, row-major.
   *
   * @param values of parameters and buffers
   * @param step from which random numbers follow
   */
  Vector output(Noised batch, Map<String, Vector> values, long step) {
    return run(batch, values, step, List.of(output)).get(0);
  }

  /** The output at the initial values of the model applied once more. */
  Vector outputAgain(ScoreModel model, Noised batch) {
    return run(batch, initial(), 0, List.of(model.apply(new Scope(""), x, levels, condition)))
        .get(0);
  }

  /**
   * Gradients of a weighted sum of the output: of each parameter, in the order of {@link #trained},
   * and of x.
   *
   * @param weights as many as the output has numbers
   */
  List<Vector> gradients(Noised batch, Map<String, Vector> values, Vector weights) {
    var flat = tf.reshape(output, tf.constant(new int[] {-1}));
    var sum = tf.reduceSum(tf.math.mul(flat, tf.constant(weights.values())), tf.constant(0));
    List<Operand<TFloat32>> sources = new ArrayList<>();
    trained.forEach(path -> sources.add(variables.get(path)));
    sources.add(x);
    var gradients = tf.gradients(sum, sources);
    List<Operand<TFloat32>> fetched = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      fetched.add(gradients.dy(i));
    }
    return run(batch, values, 0, fetched);
  }

  private List<Vector> run(
      Noised batch, Map<String, Vector> values, long step, List<Operand<TFloat32>> fetched) {
    Session.Runner runner = graph.session().runner();
    List<Tensor> fed = new ArrayList<>();
    try {
      int count = batch.count();
      feed(runner, fed, x, setting.example().prepend(count), batch.x().values());
      Shape vector = Shape.of(batch.sigma().length);
      feed(runner, fed, levels.t(), vector, batch.t());
      feed(runner, fed, levels.alpha(), vector, batch.alpha());
      feed(runner, fed, levels.sigma(), vector, batch.sigma());
      labels.ifPresent(
          placeholder -> {
            var given = DataBuffers.of(IntBuffer.wrap(batch.labels()));
            fed.add(TInt32.tensorOf(Shape.of(count), given));
            runner.feed(placeholder, fed.get(fed.size() - 1));
          });
      var key = DataBuffers.of(LongBuffer.wrap(new long[] {setting.seed(), step}));
      fed.add(TInt64.tensorOf(Shape.of(2), key));
      runner.feed(randomKey, fed.get(fed.size() - 1));
      // All, always: TensorFlow prepares the graph anew for each choice.
      variables.forEach((path, v) -> feed(runner, fed, v, v.shape(), values.get(path).values()));
      fetched.forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<Vector> found = new ArrayList<>();
        for (int i = 0; i < fetched.size(); i++) {
          found.add(new Vector(SmallGraph.values(result.get(i))));
        }
        return found;
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static void feed(
      Session.Runner runner, List<Tensor> fed, Operand<?> to, Shape shape, float[] values) {
    fed.add(TFloat32.tensorOf(shape, DataBuffers.of(FloatBuffer.wrap(values))));
    runner.feed(to, fed.get(fed.size() - 1));
  }

  @Override
  public void close() {
    graph.close();
  }

  /** What the engine's scope does, in the small, and a record of what is asked of it. */
  private final class Scope implements ModelScope {
    private final String path;

    Scope(String path) {
      this.path = path;
    }

    @Override
    public Ops tf() {
      return tf;
    }

    @Override
    public ModelScope child(String name) {
      return new Scope(path + name + "/");
    }

    @Override
    public Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer) {
      return variable(path + name, shape, initializer, true);
    }

    @Override
    public Operand<TFloat32> buffer(String name, Shape shape, Initializer initializer) {
      return variable(path + name, shape, initializer, false);
    }

    private Operand<TFloat32> variable(
        String full, Shape shape, Initializer initializer, boolean isTrained) {
      asked.add(full);
      Operand<TFloat32> known = variables.get(full);
      if (known == null) {
        var seed = tf.constant(new long[] {setting.seed(), full.hashCode()});
        known = tf.identity(initializer.values(tf, shape, seed));
        variables.put(full, known);
        if (isTrained) {
          trained.add(full);
        }
      }
      if (!known.shape().equals(shape) || trained.contains(full) != isTrained) {
        throw new AssertionError(
            "%s is asked for as %s %s, and was %s %s before"
                .formatted(
                    full,
                    isTrained ? "parameter" : "buffer",
                    Arrays.toString(shape.asArray()),
                    trained.contains(full) ? "parameter" : "buffer",
                    Arrays.toString(known.shape().asArray())));
      }
      return known;
    }

    @Override
    public Operand<TFloat32> customGradient(
        Operand<TFloat32> value, List<Operand<TFloat32>> inputs, GradientRule rule) {
      return setting.training()
          ? CustomGradients.of(graph.graph(), tf, value, inputs, rule)
          : value;
    }

    @Override
    public boolean training() {
      return setting.training();
    }

    @Override
    public Precision precision() {
      return setting.precision();
    }

    @Override
    public Operand<TFloat32> uniform(Operand<TFloat32> like) {
      if (!setting.training()) {
        throw new AssertionError("random numbers are asked for outside of training");
      }
      sites++;
      var site = tf.constant(new long[] {sites, 0});
      return tf.random.statelessRandomUniform(
          tf.shape(like), tf.math.add(randomKey, site), TFloat32.class);
    }
  }
}
