package org.score4j.engine;

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
 * The key comes from (seed, step, call site); sample n owns the counts from n c to (n + 1) c - 1,
 * where c suffices for one sample. A batch of consecutive samples is then one operation started at
 * the first sample's count.
 */
final class SampleNoise implements NoiseSource {
  private static final int NUMBERS_PER_COUNT = 4;
  private static final int PHILOX = 1;

  private final Ops tf;
  private final RandomKey key;
  private final Shape state;
  private final long elements;
  private final long countsPerSample;
  private final Placeholder<TInt64> counter;

  /** Noise for a state of shape [B, ...]. */
  SampleNoise(Ops tf, RandomKey key, Shape state) {
    this.tf = tf;
    this.key = key;
    this.state = state;
    this.elements = state.size() / state.get(0);
    this.countsPerSample = (elements + NUMBERS_PER_COUNT - 1) / NUMBERS_PER_COUNT;
    this.counter =
        tf.withName("sampleCounter").placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
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
    long batch = state.get(0);
    var rows =
        tf.random.statelessRandomNormalV2(
            tf.constant(new long[] {batch, countsPerSample * NUMBERS_PER_COUNT}),
            philoxKey,
            unsigned,
            tf.constant(PHILOX),
            TFloat32.class);
    Operand<TFloat32> used =
        elements % NUMBERS_PER_COUNT == 0
            ? rows
            : tf.slice(
                rows, tf.constant(new long[] {0, 0}), tf.constant(new long[] {batch, elements}));
    return tf.reshape(used, tf.constant(state.asArray()));
  }

  @Override
  public List<Tensor> feed(Session.Runner runner, long firstSample, Set<Operation> used) {
    long[] counts = {firstSample * countsPerSample, 0};
    TInt64 tensor = TInt64.tensorOf(Shape.of(2), DataBuffers.of(LongBuffer.wrap(counts)));
    runner.feed(counter, tensor);
    return List.of(tensor);
  }
}
