package org.score4j.testkit;

import org.score4j.engine.gradient.CustomGradients;
import org.score4j.engine.gradient.SecondOrderGradients;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.OptimizerOptions.Level;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * A graph and its session, which is not worth optimising, as it runs a few times on few numbers.
 */
record SmallGraph(Graph graph, Ops tf, Session session) implements AutoCloseable {
  private static final ConfigProto AS_IT_IS =
      ConfigProto.newBuilder()
          .setIntraOpParallelismThreads(1)
          .setInterOpParallelismThreads(1)
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setOptimizerOptions(OptimizerOptions.newBuilder().setOptLevel(Level.L0))
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  /** An empty one. */
  static SmallGraph empty() {
    SecondOrderGradients.install();
    Graph graph = new Graph();
    return new SmallGraph(graph, Ops.create(graph), new Session(graph, AS_IT_IS));
  }

  /** The numbers of a float32 tensor. */
  static float[] values(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    CustomGradients.forget(graph);
    graph.close();
  }
}
