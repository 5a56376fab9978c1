package org.score4j.engine.score;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.score4j.api.LevelTensors;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.ConstantParameters;
import org.score4j.engine.graph.OperationTime;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.format.TensorFileException;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A model compiled to be asked for its score, for batches of any size. */
public final class ScoreProgram implements AutoCloseable {
  private final Computation computation;
  private final TimeRange times;
  private final Shape example;
  private final ScoreInputs inputs;
  private final Fed level;
  private final Operand<TFloat32> score;
  private final Operand<TFloat32> noise;
  private final Operand<TFloat32> denoised;

  private record Fed(
      Placeholder<TFloat32> t, Placeholder<TFloat32> alpha, Placeholder<TFloat32> sigma)
      implements LevelTensors {}

  /**
   * What a model says of a batch, row-major, each of the size of the batch; see {@link
   * org.score4j.api.ScoreField}.
   */
  public record Scores(float[] score, float[] noise, float[] denoised) {}

  /**
   * Compiles a model.
   *
   * @param sde the forward process
   * @param model the score of the data
   * @param example shape of one example: [H, W, C] or [D]
   * @param classes number of classes of the data; 0 if none
   * @param precision arithmetic of the network
   * @param device where it runs
   * @param parameters of the model, if it has any
   * @throws org.score4j.api.InvalidValueException if the model does not suit the shape
   * @throws TensorFileException if a parameter is missing or has another shape
   */
  public ScoreProgram(
      Sde sde,
      ScoreModel model,
      Shape example,
      int classes,
      Precision precision,
      Device device,
      StoredParameters parameters) {
    var constants = new ConstantParameters(parameters, ScoreInputs.MODEL);
    this.computation = new Computation(0, 0, device, Optional.of(constants));
    this.times = new TimeRange(sde);
    this.example = example;
    try {
      inputs = ScoreInputs.of(computation, model, example, classes, precision);
      level = new Fed(inputs.t(), vector("alpha"), vector("sigma"));
      var tf = computation.tf();
      score = tf.identity(inputs.field().score(inputs.x(), level));
      noise = tf.identity(inputs.field().noise(inputs.x(), level));
      denoised = tf.identity(inputs.field().denoised(inputs.x(), level));
      computation.start();
    } catch (RuntimeException e) {
      computation.close();
      throw e;
    }
  }

  private Placeholder<TFloat32> vector(String name) {
    return computation
        .tf()
        .withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
  }

  /** Number of tensors the model keeps as parameters. */
  public int parameterCount() {
    return computation.variables().size();
  }

  /**
   * Asks the model.
   *
   * @param x noised data, row-major
   * @param t time of each example, within {@link TimeRange}
   * @param labels class of each example, or -1 for any; not used if the data have none
   * @throws IllegalArgumentException if the sizes do not agree, or a time is out of range
   */
  public Scores at(float[] x, float[] t, int[] labels) {
    return run(
        x,
        t,
        labels,
        runner -> {
          try (Result result = runner.run()) {
            return new Scores(values(result.get(0)), values(result.get(1)), values(result.get(2)));
          }
        });
  }

  /** Asks as {@link #at} does, and tells how long each operation took. */
  public List<OperationTime> trace(float[] x, float[] t, int[] labels) {
    return run(x, t, labels, OperationTime::of);
  }

  private <T> T run(float[] x, float[] t, int[] labels, Function<Session.Runner, T> work) {
    int batch = t.length;
    if (x.length != batch * example.size()
        || labels.length != batch && inputs.labels().isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d numbers and %d labels for %d examples of shape %s",
              x.length,
              labels.length,
              batch,
              example));
    }
    float[] alpha = new float[batch];
    float[] sigma = new float[batch];
    for (int i = 0; i < batch; i++) {
      if (!times.contains(t[i])) {
        throw new IllegalArgumentException(
            "t = %s is not from %s to %s".formatted(t[i], times.first(), times.last()));
      }
      var at = times.level(t[i]);
      alpha[i] = (float) at.alpha();
      sigma[i] = (float) at.sigma();
    }
    Session.Runner runner = computation.runner();
    List<Tensor> fed = new ArrayList<>();
    try {
      feed(runner, fed, inputs.x(), tensor(example.prepend(batch), x));
      feed(runner, fed, level.t(), tensor(Shape.of(batch), t));
      feed(runner, fed, level.alpha(), tensor(Shape.of(batch), alpha));
      feed(runner, fed, level.sigma(), tensor(Shape.of(batch), sigma));
      inputs
          .labels()
          .ifPresent(
              placeholder ->
                  feed(
                      runner,
                      fed,
                      placeholder,
                      TInt32.tensorOf(Shape.of(batch), DataBuffers.of(IntBuffer.wrap(labels)))));
      return work.apply(runner.fetch(score).fetch(noise).fetch(denoised));
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static void feed(
      Session.Runner runner, List<Tensor> fed, Operand<?> placeholder, Tensor tensor) {
    fed.add(tensor);
    runner.feed(placeholder, tensor);
  }

  private static TFloat32 tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(FloatBuffer.wrap(values)));
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    computation.close();
  }
}
