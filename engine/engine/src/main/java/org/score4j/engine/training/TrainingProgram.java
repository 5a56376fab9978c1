package org.score4j.engine.training;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.score4j.api.Classifier;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Loss;
import org.score4j.api.Optimizer;
import org.score4j.api.PixelRange;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.OperationTime;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.graph.Variable;
import org.score4j.engine.label.LabelDropout;
import org.score4j.engine.random.Hashing;
import org.score4j.engine.random.RandomKey;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * One training step, compiled: loss of a batch, gradients, clipping, the optimiser's update, and
 * the moving averages of the parameters.
 *
 * <p>A step is a function of the variables, the batches, the seed and their numbers, bit for bit,
 * for a fixed number of threads: nothing is assigned before all gradients are known, and all
 * randomness is keyed.
 */
public final class TrainingProgram implements AutoCloseable {
  private static final String MODEL = "model";

  private final Sde sde;
  private final Loss loss;
  private final TrainingSettings settings;
  private final Computation computation;
  private final RandomKey randomKey;
  private final LabelDropout labelDropout;
  private final List<Variable> parameters;
  private final BatchLoss batchLoss;
  private final GradientDescent descent;
  private final Diagnosis diagnosis;
  private final List<HeldOutLoss> heldOut = new ArrayList<>();

  /**
   * What a step tells.
   *
   * @param loss mean loss of the batch, before the update
   * @param gradientNorm norm of all gradients together, before clipping
   * @param fault why the parameters were left as they are; empty if they were updated
   */
  public record Step(double loss, double gradientNorm, Optional<Fault> fault) {}

  /**
   * Why there was no update.
   *
   * @param reason such as "the gradient of down0/conv/kernel is not finite"
   * @param lasting whether the parameters themselves are broken, so that every step will fail
   */
  public record Fault(String reason, boolean lasting) {}

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
    this(sde, Trainee.of(model), loss, optimizer, settings, example, pixels, classes);
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
    this(sde, Trainee.of(classifier), loss, optimizer, settings, example, pixels, classes);
  }

  private TrainingProgram(
      Sde sde,
      Trainee trainee,
      Loss loss,
      Optimizer optimizer,
      TrainingSettings settings,
      Shape example,
      Optional<PixelRange> pixels,
      int classes) {
    if (trainee.classifier().isPresent() && classes == 0) {
      throw trainee.invalid("must not be trained on data without classes");
    }
    this.sde = sde;
    this.loss = loss;
    this.settings = settings;
    settings.augmentation().check(example, pixels.isPresent());
    computation = new Computation(settings.seed(), settings.threads(), settings.device());
    randomKey = new RandomKey(computation.tf());
    labelDropout = new LabelDropout(settings.labelDropout(), settings.seed());
    try {
      var scope = ParameterScope.root(computation, randomKey, MODEL, true, settings.precision());
      Shape batchShape = example.prepend(settings.batchSize());
      batchLoss =
          new BatchLoss(
              computation.tf(),
              randomKey,
              scope,
              sde,
              trainee,
              loss,
              settings.augmentation(),
              batchShape,
              pixels,
              classes);
      parameters = computation.variables().stream().filter(Variable::trained).toList();
      if (parameters.isEmpty()) {
        throw trainee.invalid("must have parameters to be trained");
      }
      List<Variable> fixed = computation.variables().stream().filter(v -> !v.trained()).toList();
      descent = new GradientDescent(computation, optimizer, settings, parameters, batchLoss.mean());
      diagnosis = new Diagnosis(parameters, descent.gradients());
      for (ParameterAverage average : settings.averages()) {
        // Averages make a whole model, so they include what is not trained.
        fixed.forEach(v -> computation.copyOf(v, average.of(v)));
        if (settings.heldOut()) {
          heldOut.add(
              new HeldOutLoss(
                  computation, average, sde, trainee, loss, settings, example, pixels, classes));
        }
      }
      computation.start();
    } catch (RuntimeException e) {
      computation.close();
      throw e;
    }
  }

  /** Every trained tensor, by path, and its shape. */
  public Map<String, Shape> parameters() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.forEach(p -> shapes.put(p.path(), p.shape()));
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
   * Takes the gradients of a batch that is not the last one of its step.
   *
   * @param batch the batch's number, from 1 through all steps
   * @param examples as for {@link #step}
   * @param classes as for {@link #step}
   * @return its mean loss
   */
  public double accumulate(long batch, ByteBuffer examples, int[] classes) {
    return run(
        batch,
        examples,
        classes,
        runner -> {
          try (Result result = runner.fetch(batchLoss.mean()).addTarget(descent.collect()).run()) {
            return (double) ((TFloat32) result.get(0)).getFloat();
          }
        });
  }

  /**
   * Updates the parameters by the mean gradient of a batch and of those accumulated before it.
   *
   * @param batch the batch's number, from 1 through all steps; update n takes the batches up to
   *     number n {@link TrainingSettings#accumulate()}
   * @param examples the batch, as {@link org.score4j.api.Examples#read} writes it, in native byte
   *     order
   * @param classes class of each example; not used if the model is not told
   */
  public Step step(long batch, ByteBuffer examples, int[] classes) {
    Step step =
        run(
            batch,
            examples,
            classes,
            runner -> {
              runner.fetch(batchLoss.mean()).fetch(descent.norm()).addTarget(descent.update());
              try (Result result = runner.run()) {
                return new Step(
                    ((TFloat32) result.get(0)).getFloat(),
                    ((TFloat32) result.get(1)).getFloat(),
                    Optional.empty());
              }
            });
    Optional<Fault> fault =
        Double.isFinite(step.loss()) && Double.isFinite(step.gradientNorm())
            ? Optional.empty()
            : Optional.of(
                run(batch, examples, classes, runner -> diagnosis.of(runner, step.loss())));
    if (descent.collects()) {
      computation.runner().addTarget(descent.forget()).run().close();
    }
    return new Step(step.loss(), step.gradientNorm(), fault);
  }

  /**
   * The gradients that {@link #step} would take with the same arguments, by the parameter's path,
   * row-major, before clipping. Changes nothing.
   */
  public Map<String, float[]> gradients(long batch, ByteBuffer examples, int[] classes) {
    return run(
        batch,
        examples,
        classes,
        runner -> {
          descent.gradients().forEach(runner::fetch);
          Map<String, float[]> gradients = new LinkedHashMap<>();
          try (Result result = runner.run()) {
            for (int i = 0; i < parameters.size(); i++) {
              float[] values = new float[Math.toIntExact(parameters.get(i).shape().size())];
              ((TFloat32) result.get(i)).asRawTensor().data().asFloats().read(values);
              gradients.put(parameters.get(i).path(), values);
            }
          }
          return gradients;
        });
  }

  /** Does as {@link #step}, and tells how long each operation took. */
  public List<OperationTime> trace(long batch, ByteBuffer examples, int[] classes) {
    return run(
        batch,
        examples,
        classes,
        runner ->
            OperationTime.of(
                runner.fetch(batchLoss.mean()).fetch(descent.norm()).addTarget(descent.update())));
  }

  private <T> T run(
      long batch, ByteBuffer examples, int[] classes, Function<Session.Runner, T> work) {
    var random = new SplittableRandom(Hashing.combine(settings.seed(), batch));
    double[] times = loss.drawTimes(sde, settings.batchSize(), random);
    Session.Runner runner = computation.runner();
    List<Tensor> fed = new ArrayList<>();
    try {
      fed.add(randomKey.feed(runner, settings.seed(), batch));
      batchLoss.feed(runner, fed, times, examples, labelDropout.of(classes, batch));
      descent.feed(runner, fed, (batch - 1) / settings.accumulate() + 1);
      return work.apply(runner);
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /**
   * The mean loss of each average of the parameters, in the order of the settings, on a batch that
   * is not trained on. Times and noises depend on the batch's number alone.
   *
   * @throws IllegalStateException if the settings did not ask for it
   */
  public double[] heldOutLosses(long batch, ByteBuffer examples, int[] classes) {
    if (!settings.heldOut()) {
      throw new IllegalStateException("compiled without a held-out loss");
    }
    return heldOut.stream().mapToDouble(h -> h.of(batch, examples, classes)).toArray();
  }

  /** Parameters, averages and the optimiser's memory as they are now; the caller closes it. */
  public Snapshot snapshot() {
    return computation.snapshot();
  }

  /** Writes a {@link #snapshot} as it is taken. */
  public void save(Path path, Map<String, String> metadata) {
    try (Snapshot snapshot = snapshot()) {
      snapshot.write(path, metadata);
    }
  }

  /**
   * Continues from a file that was written of a {@link #snapshot}.
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
}
