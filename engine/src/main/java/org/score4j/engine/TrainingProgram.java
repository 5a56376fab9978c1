package org.score4j.engine;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.score4j.api.ClassLogits;
import org.score4j.api.Classifier;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Optimizer;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.ScoreField;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
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
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * One training step, compiled: loss of a batch, gradients, clipping, the optimiser's update, and
 * the moving average of the parameters.
 *
 * <p>A step is a function of the variables, the batch, the seed and the step's number, bit for bit,
 * for a fixed number of threads: nothing is assigned before all gradients are known, and all
 * randomness is keyed.
 */
public final class TrainingProgram implements AutoCloseable {
  private static final String MODEL = "model";

  private final Sde sde;
  private final Loss loss;
  private final TrainingSettings settings;
  private final Computation computation;
  private final Ops tf;
  private final RandomKey randomKey;

  private final Shape batchShape;
  private final Optional<PixelRange> pixels;
  private final Placeholder<? extends TType> data;
  private final Optional<Placeholder<TInt32>> labels;
  private final FedLevels levels;
  private final List<Coefficient> coefficients = new ArrayList<>();
  private final LabelDropout labelDropout;

  private final List<Variable> parameters;
  private final Operand<TFloat32> meanLoss;
  private final GradientDescent descent;

  /**
   * What a step tells.
   *
   * @param loss mean loss of the batch, before the update
   * @param gradientNorm norm of all gradients together, before clipping
   */
  public record Step(double loss, double gradientNorm) {}

  /**
   * Compiles the step and initialises the parameters.
   *
   * @param example shape of one example: [H, W, C] or [D]
   * @param pixels what bytes stand for; empty if the data are float32
   * @param classes number of classes the model is told; 0 if none
   */
  public TrainingProgram(
      Sde sde,
      ScoreModel model,
      Loss loss,
      Optimizer optimizer,
      TrainingSettings settings,
      Shape example,
      Optional<PixelRange> pixels,
      int classes) {
    this(
        sde,
        Optional.of(model),
        Optional.empty(),
        loss,
        optimizer,
        settings,
        example,
        pixels,
        classes);
  }

  /**
   * Compiles the step of a classifier of noised data; otherwise as above.
   *
   * @throws InvalidValueException if the data have no classes, or the loss is none of a classifier
   */
  public TrainingProgram(
      Sde sde,
      Classifier classifier,
      Loss loss,
      Optimizer optimizer,
      TrainingSettings settings,
      Shape example,
      Optional<PixelRange> pixels,
      int classes) {
    this(
        sde,
        Optional.empty(),
        Optional.of(classifier),
        loss,
        optimizer,
        settings,
        example,
        pixels,
        classes);
  }

  private TrainingProgram(
      Sde sde,
      Optional<ScoreModel> model,
      Optional<Classifier> classifier,
      Loss loss,
      Optimizer optimizer,
      TrainingSettings settings,
      Shape example,
      Optional<PixelRange> pixels,
      int classes) {
    classifier
        .filter(unused -> classes == 0)
        .ifPresent(
            refused -> {
              throw new InvalidValueException(
                  "classifier", refused, "must not be trained on data without classes");
            });
    this.sde = sde;
    this.loss = loss;
    this.settings = settings;
    this.pixels = pixels;
    settings.augmentation().check(example, pixels.isPresent());
    computation = new Computation(settings.seed());
    tf = computation.tf();
    randomKey = new RandomKey(tf);
    labelDropout = new LabelDropout(settings.labelDropout(), settings.seed());
    batchShape = example.prepend(settings.batchSize());
    Shape vector = Shape.of(settings.batchSize());

    try {
      Ops inputs = GraphScope.inside(tf, "input");
      Ops named = inputs.withName("data");
      data =
          pixels.isPresent()
              ? named.placeholder(TUint8.class, Placeholder.shape(batchShape))
              : named.placeholder(TFloat32.class, Placeholder.shape(batchShape));
      labels =
          classes == 0
              ? Optional.empty()
              : Optional.of(
                  inputs.withName("labels").placeholder(TInt32.class, Placeholder.shape(vector)));
      levels =
          new FedLevels(
              floats(inputs, "t", vector),
              floats(inputs, "alpha", vector),
              floats(inputs, "sigma", vector));

      Condition condition =
          labels.map(l -> Condition.labels(l, classes)).orElseGet(Condition::none);
      var scope = ParameterScope.root(computation, randomKey, MODEL, true, settings.precision());
      Optional<ScoreField> field =
          model.map(
              m -> m.prediction().field(tf, (x, level) -> m.apply(scope, x, level, condition)));
      Optional<ClassLogits> logits =
          classifier.map(c -> (x, level) -> c.logits(scope, x, level, classes));
      Operand<TFloat32> perExample =
          loss.perExample(new Batch(field, logits, condition, examples()));
      meanLoss = tf.withName("loss").math.mean(perExample, tf.constant(new int[] {0}));

      parameters = computation.variables().stream().filter(Variable::trained).toList();
      if (parameters.isEmpty()) {
        throw new InvalidValueException(
            model.isPresent() ? "model" : "classifier",
            model.<Object>map(m -> m).orElseGet(classifier::orElseThrow),
            "must have parameters to be trained");
      }
      // Averages make a whole model, so they include what is not trained.
      computation.variables().stream()
          .filter(v -> !v.trained())
          .forEach(v -> computation.copyOf(v, GradientDescent.averageOf(v)));
      descent = new GradientDescent(computation, optimizer, settings, parameters, meanLoss);
      computation.start();
    } catch (RuntimeException e) {
      computation.close();
      throw e;
    }
  }

  private static Placeholder<TFloat32> floats(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private Operand<TFloat32> examples() {
    Augmentation augmentation = settings.augmentation();
    Operand<TFloat32> values = tf.dtypes.cast(data, TFloat32.class);
    Operand<TFloat32> numbers =
        pixels.map(range -> augmentation.pixels(tf, randomKey, values, range)).orElse(values);
    return augmentation.flipped(tf, randomKey, numbers);
  }

  /** Every trained tensor, by path, and its shape. */
  public Map<String, Shape> parameters() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.forEach(p -> shapes.put(p.name().substring(MODEL.length() + 1), p.shape()));
    return shapes;
  }

  /** Every tensor that {@link #save} writes. */
  public List<CheckpointEntry> entries() {
    return computation.variables().stream()
        .map(v -> new CheckpointEntry(v.name(), v.shape(), v.trained()))
        .toList();
  }

  /** Number of trained numbers. */
  public long parameterCount() {
    return parameters.stream().mapToLong(p -> p.shape().size()).sum();
  }

  /**
   * Trains on one batch.
   *
   * @param step the step's number, from 1
   * @param examples the batch, as {@link org.score4j.api.Examples#read} writes it, in native byte
   *     order
   * @param classes class of each example; not used if the model is not told
   */
  public Step step(long step, ByteBuffer examples, int[] classes) {
    var random = new SplittableRandom(Hashing.combine(settings.seed(), step));
    double[] times = loss.drawTimes(sde, settings.batchSize(), random);
    Session.Runner runner = computation.runner().addTarget(descent.target());
    List<Tensor> fed = new ArrayList<>();
    try {
      fed.add(randomKey.feed(runner, settings.seed(), step));
      feed(runner, fed, data, tensorOf(examples));
      labels.ifPresent(
          placeholder ->
              feed(
                  runner,
                  fed,
                  placeholder,
                  TInt32.tensorOf(
                      Shape.of(classes.length),
                      DataBuffers.of(IntBuffer.wrap(labelDropout.of(classes, step))))));
      feedLevels(runner, fed, times);
      descent.feed(runner, fed, step);
      try (Result result = runner.fetch(meanLoss).fetch(descent.gradientNorm()).run()) {
        return new Step(
            ((TFloat32) result.get(0)).getFloat(), ((TFloat32) result.get(1)).getFloat());
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private Tensor tensorOf(ByteBuffer examples) {
    var bytes = DataBuffers.of(examples);
    return pixels.isPresent()
        ? TUint8.tensorOf(batchShape, bytes)
        : TFloat32.tensorOf(batchShape, DataBuffers.of(examples.asFloatBuffer()));
  }

  private void feedLevels(Session.Runner runner, List<Tensor> fed, double[] times) {
    float[] t = new float[times.length];
    float[] alpha = new float[times.length];
    float[] sigma = new float[times.length];
    float[][] values = new float[coefficients.size()][times.length];
    for (int i = 0; i < times.length; i++) {
      NoiseLevel level = sde.level(times[i]);
      t[i] = (float) level.t();
      alpha[i] = (float) level.alpha();
      sigma[i] = (float) level.sigma();
      for (int j = 0; j < values.length; j++) {
        values[j][i] = (float) coefficients.get(j).of().applyAsDouble(level);
      }
    }
    feed(runner, fed, levels.t(), vector(t));
    feed(runner, fed, levels.alpha(), vector(alpha));
    feed(runner, fed, levels.sigma(), vector(sigma));
    for (int j = 0; j < values.length; j++) {
      feed(runner, fed, coefficients.get(j).placeholder(), vector(values[j]));
    }
  }

  private static TFloat32 vector(float[] values) {
    return TFloat32.tensorOf(Shape.of(values.length), DataBuffers.of(FloatBuffer.wrap(values)));
  }

  private static void feed(
      Session.Runner runner, List<Tensor> fed, Operand<?> placeholder, Tensor tensor) {
    fed.add(tensor);
    runner.feed(placeholder, tensor);
  }

  /** Writes parameters, averages and the optimiser's memory. */
  public void save(Path path, Map<String, String> metadata) {
    computation.save(new TensorFile.Writer(path, metadata), name -> true);
  }

  /**
   * Continues from a file that {@link #save} wrote.
   *
   * @throws TensorFileException naming every tensor that is missing, misshapen or in excess
   */
  public void load(TensorFile file) {
    Map<String, String> same = new HashMap<>();
    computation.variables().forEach(v -> same.put(v.name(), v.name()));
    computation.load(file, same, name -> false);
  }

  @Override
  public void close() {
    computation.close();
  }

  private record FedLevels(
      Placeholder<TFloat32> t, Placeholder<TFloat32> alpha, Placeholder<TFloat32> sigma)
      implements LevelTensors {}

  private record Coefficient(Placeholder<TFloat32> placeholder, ToDoubleFunction<NoiseLevel> of) {}

  /** What the loss sees of the batch. */
  private final class Batch implements LossGraph {
    private final Optional<ScoreField> field;
    private final Optional<ClassLogits> classifier;
    private final Condition condition;
    private final Operand<TFloat32> clean;

    Batch(
        Optional<ScoreField> field,
        Optional<ClassLogits> classifier,
        Condition condition,
        Operand<TFloat32> clean) {
      this.field = field;
      this.classifier = classifier;
      this.condition = condition;
      this.clean = clean;
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
    public Operand<TFloat32> data() {
      return clean;
    }

    @Override
    public LevelTensors level() {
      return levels;
    }

    @Override
    public Operand<TFloat32> coefficient(String name, ToDoubleFunction<NoiseLevel> of) {
      Shape vector = Shape.of(settings.batchSize());
      var placeholder = floats(GraphScope.inside(tf, "coefficient"), name, vector);
      coefficients.add(new Coefficient(placeholder, of));
      return placeholder;
    }

    @Override
    public Operand<TFloat32> noise() {
      return tf.random.statelessRandomNormal(
          tf.constant(batchShape.asArray()), randomKey.nextSite(), TFloat32.class);
    }

    @Override
    public ScoreField field() {
      return field.orElseThrow(() -> unsuited("must be one of classifiers, as cross-entropy is"));
    }

    @Override
    public Condition condition() {
      return condition;
    }

    @Override
    public ClassLogits classifier() {
      return classifier.orElseThrow(() -> unsuited("must be one of score models"));
    }

    private InvalidValueException unsuited(String rule) {
      PluginName name = loss.getClass().getAnnotation(PluginName.class);
      return new InvalidValueException(
          "type", name == null ? loss : '"' + name.value() + '"', rule);
    }
  }
}
