package org.score4j.engine.random;

import java.nio.LongBuffer;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;

/**
 * The source of all random numbers of a graph: a pair (seed, step) that the host feeds at each run.
 * A place in the graph that needs random numbers derives its own key from the pair and the number
 * of its call site, so nothing depends on the order of execution.
 */
public final class RandomKey {
  private final Ops tf;
  private final Placeholder<TInt64> seedAndStep;
  private long sites;

  /** A key for the graph behind {@code tf}. */
  public RandomKey(Ops tf) {
    this.tf = tf;
    this.seedAndStep =
        tf.withName("seedAndStep").placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
  }

  /** The pair (seed, step). */
  public Placeholder<TInt64> seedAndStep() {
    return seedAndStep;
  }

  /** The key of a new call site: two int64, other ones at every step. */
  public Operand<TInt64> nextSite() {
    sites++;
    return tf.math.add(seedAndStep, tf.constant(new long[] {Hashing.mix(sites), 0}));
  }

  /** Feeds the pair; the tensor is the caller's to close after the run. */
  public TInt64 feed(Session.Runner runner, long seed, long step) {
    TInt64 tensor =
        TInt64.tensorOf(
            Shape.of(2), DataBuffers.of(LongBuffer.wrap(new long[] {Hashing.mix(seed), step})));
    runner.feed(seedAndStep, tensor);
    return tensor;
  }
}
