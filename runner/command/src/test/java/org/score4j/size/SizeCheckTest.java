package org.score4j.size;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LearningRateSchedule;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.ModelScope;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.Prediction;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.recipe.Augmentation;
import org.score4j.recipe.Averaging;
import org.score4j.recipe.CheckpointSettings;
import org.score4j.recipe.Compute;
import org.score4j.recipe.Logging;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.Training;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** A run that a machine cannot hold is refused with the numbers. */
class SizeCheckTest {
  private static final long GIB = 1L << 30;

  /** Square matrices, one after the other, from a row of examples [B, 4]. */
  private record Matrices(int width, int depth) implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      Operand<TFloat32> h = x;
      long from = 4;
      for (int i = 0; i < depth; i++) {
        var matrix = scope.parameter("w" + i, Shape.of(from, width), Initializer.zeros());
        h = tf.math.tanh(tf.linalg.matMul(h, matrix));
        from = width;
      }
      return h;
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }

  /** Remembers two tensors, and asks for one of them twice. */
  private record Moments() implements Optimizer {
    @Override
    public double learningRate() {
      return 1;
    }

    @Override
    public Op update(OptimizerGraph graph) {
      graph.slot("m");
      graph.slot("v");
      graph.slot("m");
      return graph.tf().noOp();
    }
  }

  private static Training training(int batch) {
    return new Training(
        10,
        batch,
        1,
        new Moments(),
        mock(LearningRateSchedule.class),
        0,
        0,
        0,
        0,
        new Averaging(List.of(0.9, 0.99)),
        new Augmentation(),
        Optional.empty());
  }

  private static SizeCheck check(
      ScoreModel model, Optional<Training> training, int samples, MachineMemory memory) {
    var recipe =
        new Recipe(
            "sized",
            0,
            mock(Dataset.class),
            true,
            Optional.empty(),
            mock(Sde.class),
            Optional.of(model),
            Optional.empty(),
            mock(Loss.class),
            training,
            new Compute(),
            new CheckpointSettings(),
            new Logging(),
            Optional.of(mock(Sampler.class)),
            List.of(),
            new Sampling(
                samples,
                samples,
                Optional.empty(),
                LabelChoice.Shares.UNIFORM,
                LoopMode.AUTO,
                Optional.empty()),
            Optional.empty(),
            List.of());
    Examples examples = mock(Examples.class);
    when(examples.shape()).thenReturn(Shape.of(4));
    when(examples.pixels()).thenReturn(Optional.empty());
    return new SizeCheck(recipe, examples, memory);
  }

  private static TrainingSize trained(Matrices model, int batch) {
    Training training = training(batch);
    var memory = new MachineMemory(4 * GIB, GIB, 100 * GIB);
    return check(model, Optional.of(training), 1, memory).training(training);
  }

  private static void assertRefused(String component, String words, Runnable work) {
    var e = assertThrows(InvalidValueException.class, work::run);
    assertEquals(component, e.faults().get(0).component(), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void stateIsParametersGradientsMomentsAndAverages() {
    TrainingSize size = trained(new Matrices(100, 2), 16);
    double parameters = 4.0 * (4 * 100 + 100 * 100);
    assertEquals(parameters, size.parameters());
    assertEquals((1 + 1 + 2 + 2) * parameters, size.state());
    // A product and a tanh in each layer.
    assertEquals(0.6 * 4 * 4 * 100 + 4 * 4, size.example(), 1);
    assertEquals(size.state() + 16 * size.example(), size.total(16));
    assertEquals(1, size.largestBatch((long) Math.ceil(size.total(1))));
    assertEquals(0, size.largestBatch(0));
  }

  @Test
  void networksBeyondTheMemoryAreRefusedWithTheirSize() {
    assertRefused(
        "model",
        "4.0 GiB: about 1.0 GiB of parameters, 6.0 GiB with",
        () -> trained(new Matrices(16_384, 2), 1));
  }

  @Test
  void parametersBeyondATensorAreRefused() {
    var memory = new MachineMemory(Long.MAX_VALUE, GIB, GIB);
    Training training = training(1);
    var check = check(new Matrices(50_000, 2), Optional.of(training), 1, memory);
    assertRefused("model", "the largest has 2500000000", () -> check.training(training));
  }

  @Test
  void networksOfThousandsOfLayersAreRefused() {
    assertRefused("model", "at most 40000 operations", () -> trained(new Matrices(4, 100_000), 1));
  }

  @Test
  void batchesBeyondATensorAreRefused() {
    assertRefused(
        "training.batchSize",
        "must be at most 4294967: a tensor can hold 2147483647 numbers",
        () -> trained(new Matrices(500, 1), Integer.MAX_VALUE));
  }

  @Test
  void batchesBeyondTheMemoryAreRefused() {
    assertRefused(
        "training.batchSize",
        "this machine has 4.0 GiB",
        () -> trained(new Matrices(500, 100), 2_000_000));
    assertRefused(
        "training.batchSize",
        "two batches of data are in Java's memory",
        () -> trained(new Matrices(1, 1), 100_000_000));
  }

  @Test
  void samplesDrawnTogetherAreBounded() {
    var memory = new MachineMemory(4 * GIB, GIB, 100 * GIB);
    var model = new Matrices(500, 100);
    assertRefused(
        "sampling.batchSize",
        "a tensor can hold",
        () -> check(model, Optional.empty(), Integer.MAX_VALUE, memory).sampling());
    assertRefused(
        "sampling.batchSize",
        "this machine has",
        () -> check(model, Optional.empty(), 4_200_000, memory).sampling());
    assertDoesNotThrow(() -> check(model, Optional.empty(), 10_000, memory).sampling());
    assertDoesNotThrow(() -> check(model, Optional.of(training(16)), 16, memory).sampling());
  }

  @Test
  void samplesThatTheDiskCannotHoldAreRefused() {
    var memory = new MachineMemory(4 * GIB, GIB, 1600);
    var model = new Matrices(4, 1);
    assertDoesNotThrow(() -> check(model, Optional.empty(), 100, memory).sampling());
    assertRefused(
        "sampling.count",
        "must be at most 100: each takes 16 bytes, and the disk has 1.6 KiB left",
        () -> check(model, Optional.empty(), 101, memory).sampling());
  }

  @Test
  void theLargestBatchIsTold() {
    Training training = training(16);
    var check =
        check(new Matrices(100, 2), Optional.of(training), 1, new MachineMemory(GIB, GIB, GIB));
    List<String> lines = check.lines(check.training(training), training);
    assertTrue(lines.get(0).startsWith("244 KiB of parameters, gradients"), lines.get(0));
    assertTrue(lines.get(1).startsWith("batches of up to about 1,099,889 fit"), lines.get(1));
  }
}
