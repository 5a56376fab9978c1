package org.score4j.engine.random;

import java.nio.LongBuffer;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Standard normal numbers that belong to the sample, not to the batch it is drawn in.
 *
 * <p>Philox (Salmon et al. 2011) is a function of a key and a counter, four normal numbers a count.
 * The key comes from (seed, step, call site) and makes one endless row of numbers, of which sample
 * n with D dimensions owns those from n D to (n + 1) D - 1. A batch of consecutive samples is a
 * stretch of the row: generated from the count in which it begins, without the numbers of that
 * count that come before it.
 */
public final class SampleNoise implements NoiseSource {
  private static final int NUMBERS_PER_COUNT = 4;
  private static final int PHILOX = 1;

  private final Ops tf;
  private final RandomKey key;
  private final Shape state;
  private final long elements;
  private final Placeholder<TInt64> counter;
  private final Placeholder<TInt64> before;

  /** Noise for a state of shape [B, ...]. */
  public SampleNoise(Ops tf, RandomKey key, Shape state) {
    this.tf = tf;
    this.key = key;
    this.state = state;
    this.elements = state.size() / state.get(0);
    this.counter =
        tf.withName("noiseCounter").placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    this.before =
        tf.withName("noiseBefore").placeholder(TInt64.class, Placeholder.shape(Shape.of(1)));
  }

  @Override
  public Operand<TFloat32> next() {
    var philoxKey = tf.random.statelessRandomGetKeyCounter(key.nextSite()).key();
    // Java knows no uint64: the same bits, under the type the operation wants.
    var unsigned =
        tf.scope()
            .env()
            .opBuilder("Bitcast", tf.scope().makeOpName("UnsignedCounter"), tf.scope())
            .addInput(counter.asOutput())
            .setAttr("type", DataType.DT_UINT64)
            .build()
            .output(0);
    boolean wholeCounts = elements % NUMBERS_PER_COUNT == 0;
    long generated = state.size() + (wholeCounts ? 0 : NUMBERS_PER_COUNT - 1);
    Operand<TFloat32> row =
        tf.random.statelessRandomNormalV2(
            tf.constant(new long[] {generated}),
            philoxKey,
            unsigned,
            tf.constant(PHILOX),
            TFloat32.class);
    if (!wholeCounts) {
      row = tf.slice(row, before, tf.constant(new long[] {state.size()}));
    }
    return tf.reshape(row, tf.constant(state.asArray()));
  }

  @Override
  public List<Tensor> feed(Session.Runner runner, long firstSample, Set<Operation> used) {
    long first = firstSample * elements;
    TInt64 counts = vector(first / NUMBERS_PER_COUNT, 0);
    TInt64 skipped = vector(first % NUMBERS_PER_COUNT);
    runner.feed(counter, counts).feed(before, skipped);
    return List.of(counts, skipped);
  }

  private static TInt64 vector(long... values) {
    return TInt64.tensorOf(Shape.of(values.length), DataBuffers.of(LongBuffer.wrap(values)));
  }
}
