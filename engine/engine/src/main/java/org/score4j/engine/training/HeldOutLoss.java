package org.score4j.engine.training;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.score4j.api.Loss;
import org.score4j.api.PixelRange;
import org.score4j.api.Sde;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.GraphScope;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.random.Hashing;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The loss of averaged parameters on data they are not trained on: without dropout, and at the same
 * times and noises whenever it is asked for.
 */
final class HeldOutLoss {
  private static final long SEED = Hashing.of("held out");

  private final Computation computation;
  private final Sde sde;
  private final Loss loss;
  private final int batchSize;
  private final RandomKey randomKey;
  private final BatchLoss batchLoss;

  HeldOutLoss(
      Computation computation,
      ParameterAverage average,
      Sde sde,
      Trainee trainee,
      Loss loss,
      TrainingSettings settings,
      Shape example,
      Optional<PixelRange> pixels,
      int classes) {
    this.computation = computation;
    this.sde = sde;
    this.loss = loss;
    this.batchSize = settings.batchSize();
    Ops tf = GraphScope.inside(computation.tf(), "heldOut/" + average.prefix());
    randomKey = new RandomKey(tf);
    var scope =
        ParameterScope.root(computation, randomKey, average.prefix(), false, settings.precision());
    Shape batchShape = example.prepend(batchSize);
    batchLoss =
        new BatchLoss(
            tf,
            randomKey,
            scope,
            sde,
            trainee,
            loss,
            // Dequantised like what is trained on, but not mirrored.
            new Augmentation(false, settings.augmentation().dequantize()),
            batchShape,
            pixels,
            classes);
  }

  /** The mean of a batch: a function of its number, its examples and the parameters. */
  double of(long batch, ByteBuffer examples, int[] classes) {
    double[] times =
        loss.drawTimes(sde, batchSize, new SplittableRandom(Hashing.combine(SEED, batch)));
    Session.Runner runner = computation.runner();
    List<Tensor> fed = new ArrayList<>();
    try {
      fed.add(randomKey.feed(runner, SEED, batch));
      batchLoss.feed(runner, fed, times, examples, classes);
      try (Result result = runner.fetch(batchLoss.mean()).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }
}
