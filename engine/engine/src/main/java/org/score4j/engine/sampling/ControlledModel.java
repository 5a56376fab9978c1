package org.score4j.engine.sampling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.score4j.api.ClassLogits;
import org.score4j.api.Condition;
import org.score4j.api.Control;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Network;
import org.score4j.api.PixelRange;
import org.score4j.api.Precision;
import org.score4j.api.ScoreField;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.Standardization;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.random.NoiseSource;
import org.score4j.engine.random.RandomKey;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A score model in a graph, wrapped by its controls. */
final class ControlledModel {

  /**
   * One evaluation of the network.
   *
   * @param x what it is evaluated at, once for each condition
   * @param batches number of conditions
   */
  record Evaluation(Operand<TFloat32> x, int batches) {}

  private final Computation computation;
  private final RandomKey randomKey;
  private final Ops tf;
  private final Sde sde;
  private final ScoreModel model;
  private final ParameterScope scope;
  private final Condition condition;
  private final Shape shape;
  private final NoiseSource noise;
  private final ControlInputs inputs;
  private final Placeholder<TInt64> firstSample;
  private final Map<Operation, Evaluation> evaluations = new HashMap<>();
  private final Map<Path, String> classifierScopes = new LinkedHashMap<>();
  private final Map<Path, TrainedClassifier> classifiers = new LinkedHashMap<>();

  ControlledModel(
      Computation computation,
      RandomKey randomKey,
      Sde sde,
      ScoreModel model,
      ParameterScope scope,
      Condition condition,
      Shape shape,
      NoiseSource noise,
      ControlInputs inputs) {
    this.computation = computation;
    this.randomKey = randomKey;
    this.tf = computation.tf();
    this.sde = sde;
    this.model = model;
    this.scope = scope;
    this.condition = condition;
    this.shape = shape;
    this.noise = noise;
    this.inputs = inputs;
    firstSample =
        tf.withName("firstSample").placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
  }

  /** The forward process. */
  Sde sde() {
    return sde;
  }

  /** Number of the batch's first sample; to be fed to whatever depends on it. */
  Placeholder<TInt64> firstSample() {
    return firstSample;
  }

  /** Evaluations of the network in the graph, by the operation that ends them. */
  Map<Operation, Evaluation> evaluations() {
    return evaluations;
  }

  /** The score field with every control around it. */
  ScoreField field() {
    return fields(inputs.controls().size(), List.of(condition)).get(0);
  }

  /**
   * What the controls make of the state at a level; {@code x} itself if none changes it.
   *
   * @param numbers the noise that they draw
   */
  Operand<TFloat32> state(
      Operand<TFloat32> x, LevelTensors level, Supplier<Operand<TFloat32>> numbers) {
    Operand<TFloat32> changed = x;
    for (int i = 0; i < inputs.controls().size(); i++) {
      changed = inputs.controls().get(i).state(graph(i, numbers), changed, level);
    }
    return changed;
  }

  /** What the controls make of the finished samples. */
  Operand<TFloat32> samples(Operand<TFloat32> x) {
    Operand<TFloat32> changed = x;
    for (int i = 0; i < inputs.controls().size(); i++) {
      changed = inputs.controls().get(i).samples(graph(i, noise::next), changed);
    }
    return changed;
  }

  /** Gives the classifiers their trained parameters, once the computation has started. */
  void loadClassifiers() {
    classifiers.forEach(
        (run, trained) ->
            trained
                .checkpoint()
                .ifPresent(file -> computation.load(file, classifierScopes.get(run), "ema")));
  }

  private ControlGraph graph(int depth, Supplier<Operand<TFloat32>> numbers) {
    return new View(depth, condition, fields(depth, List.of(condition)).get(0), numbers);
  }

  /** The model's fields under several conditions, each wrapped by the first controls. */
  private List<ScoreField> fields(int depth, List<Condition> conditions) {
    if (depth == 0) {
      return modelFields(conditions);
    }
    Control control = inputs.controls().get(depth - 1);
    List<ScoreField> inner = fields(depth - 1, conditions);
    List<ScoreField> wrapped = new ArrayList<>();
    for (int i = 0; i < inner.size(); i++) {
      wrapped.add(control.field(new View(depth - 1, conditions.get(i), inner.get(i), noise::next)));
    }
    return wrapped;
  }

  private List<ScoreField> modelFields(List<Condition> conditions) {
    Map<Output<TFloat32>, Map<LevelTensors, List<Operand<TFloat32>>>> known = new HashMap<>();
    List<ScoreField> fields = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      int number = i;
      Network network =
          (x, level) ->
              known
                  .computeIfAbsent(x.asOutput(), unused -> new IdentityHashMap<>())
                  .computeIfAbsent(level, unused -> evaluated(conditions, x, level))
                  .get(number);
      fields.add(model.prediction().field(tf, network));
    }
    return fields;
  }

  /** One evaluation of a batch that holds {@code x} once for each condition. */
  private List<Operand<TFloat32>> evaluated(
      List<Condition> conditions, Operand<TFloat32> x, LevelTensors level) {
    int batches = conditions.size();
    Operand<TFloat32> output =
        tf.identity(
            batches == 1
                ? model.apply(scope, x, level, conditions.get(0))
                : model.apply(
                    scope, repeated(x, batches), repeated(level, batches), joined(conditions)));
    evaluations.put(output.op(), new Evaluation(x, batches));
    return batches == 1
        ? List.of(output)
        : tf.split(tf.constant(0), output, (long) batches).output().stream()
            .<Operand<TFloat32>>map(part -> part)
            .toList();
  }

  private Operand<TFloat32> repeated(Operand<TFloat32> values, int times) {
    return tf.concat(Collections.nCopies(times, values), tf.constant(0));
  }

  private LevelTensors repeated(LevelTensors level, int times) {
    if (level.t().shape().get(0) == 1) {
      return level;
    }
    return new Levels(
        repeated(level.t(), times), repeated(level.alpha(), times), repeated(level.sigma(), times));
  }

  private Condition joined(List<Condition> conditions) {
    List<Operand<TInt32>> labels =
        conditions.stream().flatMap(each -> each.labels().stream()).toList();
    if (labels.isEmpty()) {
      return Condition.none();
    }
    if (labels.size() < conditions.size()) {
      throw new IllegalArgumentException("either all conditions have labels or none");
    }
    return Condition.labels(tf.concat(labels, tf.constant(0)), conditions.get(0).classes());
  }

  private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /** What one control sees. */
  private final class View implements ControlGraph {
    private final int depth;
    private final Condition condition;
    private final ScoreField field;
    private final Supplier<Operand<TFloat32>> numbers;

    View(int depth, Condition condition, ScoreField field, Supplier<Operand<TFloat32>> numbers) {
      this.depth = depth;
      this.condition = condition;
      this.field = field;
      this.numbers = numbers;
    }

    @Override
    public Ops tf() {
      return tf;
    }

    @Override
    public Sde sde() {
      return sde;
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public Condition condition() {
      return condition;
    }

    @Override
    public ScoreField field() {
      return field;
    }

    @Override
    public List<ScoreField> fields(List<Condition> conditions) {
      return ControlledModel.this.fields(depth, conditions);
    }

    @Override
    public Operand<TInt64> numbers() {
      long[] offsets = new long[(int) shape.get(0)];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = i;
      }
      return tf.math.add(firstSample, tf.constant(offsets));
    }

    @Override
    public Operand<TFloat32> noise() {
      return numbers.get();
    }

    @Override
    public PixelRange pixels() {
      return inputs.pixels();
    }

    @Override
    public Optional<Standardization> standardization() {
      return inputs.standardization();
    }

    @Override
    public float[] example(long number) {
      return inputs.examples().apply(number);
    }

    @Override
    public List<float[]> tensors(Path path, String name, Shape each) {
      TensorFile file;
      try {
        file = TensorFile.openSound(path);
      } catch (TensorFileException e) {
        throw new InvalidValueException(
            "file", path, "must be a file of tensors: " + e.getMessage());
      }
      int size = (int) each.size();
      if (!file.contains(name) || !isMadeOf(file.shape(name), each)) {
        throw new InvalidValueException(
            "file", path, "must have a tensor " + name + " of shape [N] followed by " + each);
      }
      double[] all = file.numbers(name, 0, Math.toIntExact(file.shape(name).size()));
      List<float[]> rows = new ArrayList<>();
      for (int from = 0; from < all.length; from += size) {
        float[] row = new float[size];
        for (int i = 0; i < size; i++) {
          row[i] = (float) all[from + i];
        }
        rows.add(row);
      }
      return rows;
    }

    private static boolean isMadeOf(Shape found, Shape each) {
      int last = each.numDimensions() - 1;
      return found.numDimensions() > 0
          && found.get(0) > 0
          && (found.tail().equals(each)
              || each.get(last) == 1 && found.tail().equals(each.take(last)));
    }

    @Override
    public ClassLogits classifier(Path run) {
      TrainedClassifier trained = classifiers.computeIfAbsent(run, inputs.classifiers());
      String prefix =
          classifierScopes.computeIfAbsent(run, unused -> "classifier" + classifierScopes.size());
      var parameters =
          ParameterScope.root(computation, randomKey, prefix, false, Precision.FLOAT32);
      return (x, level) -> trained.classifier().logits(parameters, x, level, trained.classes());
    }
  }
}
