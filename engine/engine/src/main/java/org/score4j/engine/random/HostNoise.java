package org.score4j.engine.random;

import java.nio.FloatBuffer;
import java.util.ArrayList;
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
import org.tensorflow.types.TFloat32;

/** Noise that the host feeds: one placeholder for each call site. */
public final class HostNoise implements NoiseSource {
  private final Ops tf;
  private final Shape state;
  private final GivenNoise given;
  private final List<Placeholder<TFloat32>> sites = new ArrayList<>();

  public HostNoise(Ops tf, Shape state, GivenNoise given) {
    this.tf = tf;
    this.state = state;
    this.given = given;
  }

  @Override
  public Operand<TFloat32> next() {
    var site = tf.withName("noise").placeholder(TFloat32.class, Placeholder.shape(state));
    sites.add(site);
    return site;
  }

  @Override
  public List<Tensor> feed(Session.Runner runner, long firstSample, Set<Operation> used) {
    List<Tensor> fed = new ArrayList<>();
    for (Placeholder<TFloat32> site : sites) {
      if (used.contains(site.op())) {
        float[] numbers = given.next();
        if (numbers.length != state.size()) {
          throw new IllegalArgumentException(
              "given noise has " + numbers.length + " numbers, the state has " + state.size());
        }
        TFloat32 tensor = TFloat32.tensorOf(state, DataBuffers.of(FloatBuffer.wrap(numbers)));
        fed.add(tensor);
        runner.feed(site, tensor);
      }
    }
    return fed;
  }
}
