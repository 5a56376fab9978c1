package org.score4j.engine.training;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.score4j.api.ClassLogits;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.ScoreField;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.score4j.engine.graph.GraphScope;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.Operand;
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

/** The mean loss of a batch that the host feeds, for one set of parameters. */
final class BatchLoss implements LossGraph {
  private final Ops tf;
  private final Sde sde;
  private final RandomKey randomKey;
  private final Shape batchShape;
  private final boolean bytes;
  private final Placeholder<? extends TType> examples;
  private final Optional<Placeholder<TInt32>> labels;
  private final FedLevels levels;
  private final List<Coefficient> coefficients = new ArrayList<>();
  private final Operand<TFloat32> clean;
  private final Loss loss;
  private final Condition condition;
  private final Optional<ScoreField> field;
  private final Optional<ClassLogits> logits;
  private final Operand<TFloat32> mean;

  private record FedLevels(
      Placeholder<TFloat32> t, Placeholder<TFloat32> alpha, Placeholder<TFloat32> sigma)
      implements LevelTensors {}

  private record Coefficient(Placeholder<TFloat32> placeholder, ToDoubleFunction<NoiseLevel> of) {}

  /**
   * Adds the loss to a graph.
   *
   * @param tf where its inputs go
   * @param scope whose parameters the model has
   * @param augmentation what happens to the examples
   * @param batchShape shape of a batch: [B, H, W, C] or [B, D]
   * @param pixels what bytes stand for; empty if the data are float32
   * @param classes number of classes the model is told; 0 if none
   */
  BatchLoss(
      Ops tf,
      RandomKey randomKey,
      ParameterScope scope,
      Sde sde,
      Trainee trainee,
      Loss loss,
      Augmentation augmentation,
      Shape batchShape,
      Optional<PixelRange> pixels,
      int classes) {
    this.tf = tf;
    this.sde = sde;
    this.randomKey = randomKey;
    this.batchShape = batchShape;
    bytes = pixels.isPresent();
    Shape vector = Shape.of(batchShape.get(0));
    Ops inputs = GraphScope.inside(tf, "input");
    Ops named = inputs.withName("data");
    examples =
        bytes
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
    clean = numbers(augmentation, pixels);
    condition = labels.map(l -> Condition.labels(l, classes)).orElseGet(Condition::none);
    field = trainee.field(tf, scope, condition);
    logits = trainee.logits(scope, classes);
    this.loss = loss;
    mean = tf.withName("loss").math.mean(loss.perExample(this), tf.constant(new int[] {0}));
  }

  private static Placeholder<TFloat32> floats(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private Operand<TFloat32> numbers(Augmentation augmentation, Optional<PixelRange> pixels) {
    Operand<TFloat32> values = tf.dtypes.cast(examples, TFloat32.class);
    Operand<TFloat32> numbers =
        pixels.map(range -> augmentation.pixels(tf, randomKey, values, range)).orElse(values);
    return augmentation.flipped(tf, randomKey, numbers);
  }

  /** The mean, shape []. */
  Operand<TFloat32> mean() {
    return mean;
  }

  /**
   * Feeds a batch; the tensors are the caller's to close.
   *
   * @param times t of each example
   * @param data the batch, in native byte order
   * @param classes class of each example; not used if the model is not told
   */
  void feed(
      Session.Runner runner, List<Tensor> fed, double[] times, ByteBuffer data, int[] classes) {
    feed(runner, fed, examples, tensorOf(data));
    labels.ifPresent(
        placeholder ->
            feed(
                runner,
                fed,
                placeholder,
                TInt32.tensorOf(
                    Shape.of(classes.length), DataBuffers.of(IntBuffer.wrap(classes)))));
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

  private Tensor tensorOf(ByteBuffer data) {
    return bytes
        ? TUint8.tensorOf(batchShape, DataBuffers.of(data))
        : TFloat32.tensorOf(batchShape, DataBuffers.of(data.asFloatBuffer()));
  }

  private static TFloat32 vector(float[] values) {
    return TFloat32.tensorOf(Shape.of(values.length), DataBuffers.of(FloatBuffer.wrap(values)));
  }

  private static void feed(
      Session.Runner runner, List<Tensor> fed, Operand<?> placeholder, Tensor tensor) {
    fed.add(tensor);
    runner.feed(placeholder, tensor);
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
  public Term data() {
    return Term.of(tf, clean);
  }

  @Override
  public LevelTensors level() {
    return levels;
  }

  @Override
  public Term coefficient(String name, ToDoubleFunction<NoiseLevel> of) {
    Shape vector = Shape.of(batchShape.get(0));
    var placeholder = floats(GraphScope.inside(tf, "coefficient"), name, vector);
    coefficients.add(new Coefficient(placeholder, of));
    return Term.of(tf, placeholder);
  }

  @Override
  public Term noise() {
    return Term.of(
        tf,
        tf.random.statelessRandomNormal(
            tf.constant(batchShape.asArray()), randomKey.nextSite(), TFloat32.class));
  }

  @Override
  public Condition condition() {
    return condition;
  }

  @Override
  public ScoreField field() {
    return field.orElseThrow(() -> unsuited("must be one of classifiers, as cross-entropy is"));
  }

  @Override
  public ClassLogits classifier() {
    return logits.orElseThrow(() -> unsuited("must be one of score models"));
  }

  private InvalidValueException unsuited(String rule) {
    PluginName name = loss.getClass().getAnnotation(PluginName.class);
    return new InvalidValueException("type", name == null ? loss : '"' + name.value() + '"', rule);
  }
}
