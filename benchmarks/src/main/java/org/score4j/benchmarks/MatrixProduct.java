package org.score4j.benchmarks;

import java.util.Random;
import org.score4j.api.Precision;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** The product of two square matrices in TensorFlow: 2 n^3 operations. */
final class MatrixProduct implements Task {
  private final Graph graph = new Graph();
  private final Session session;
  private final Op product;

  MatrixProduct(int size, Precision precision, int threads) {
    Ops tf = Ops.create(graph);
    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .build());
    product =
        switch (precision) {
          case FLOAT32 -> product(tf, size, TFloat32.class);
          case BFLOAT16 -> product(tf, size, TBfloat16.class);
        };
  }

  private <T extends TNumber> Op product(Ops tf, int size, Class<T> type) {
    Shape shape = Shape.of(size, size);
    float[] values = new float[size * size];
    var random = new Random(size);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    // A variable, as a product of constants would be folded.
    var variable = tf.varHandleOp(type, shape, VarHandleOp.sharedName("matrix"));
    Operand<T> given = tf.dtypes.cast(tf.constant(shape, DataBuffers.of(values)), type);
    session.runner().addTarget(tf.assignVariableOp(variable, given)).run().close();
    Operand<T> matrix = tf.readVariableOp(variable, type);
    return tf.linalg.matMul(matrix, matrix);
  }

  @Override
  public void run() {
    session.runner().addTarget(product).run().close();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
