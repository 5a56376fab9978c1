package org.score4j.engine.sampling;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Classifier;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Sde;
import org.score4j.api.Standardization;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.GraphNodes;
import org.score4j.engine.graph.GraphUnits;
import org.score4j.engine.graph.ParameterScope;
import org.score4j.engine.graph.Variable;
import org.score4j.engine.random.RandomKey;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * A classifier of noised data as a graph for clean ones, with its averaged parameters as constants:
 *
 * <pre>
 *   x [B, ...]  -&gt;  features [B, D], logits [B, classes],   any B,
 * </pre>
 *
 * <p>at the process's least noise. Its features are what the last matrix is multiplied with.
 */
public final class FrozenClassifier {
  private static final String MODEL = "model";

  private FrozenClassifier() {}

  private record Level(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /**
   * Makes the graph.
   *
   * @param sde the forward process
   * @param trained the classifier, with a checkpoint
   * @param example shape of one example: [H, W, C] or [D]
   * @param standardization of the data that it was trained on; x is in the units of the data
   * @return a {@link GraphDef}, serialised
   * @throws InvalidValueException if the classifier does not suit the data or has no last matrix
   * @throws TensorFileException if the checkpoint is not that of this classifier
   */
  public static byte[] of(
      Sde sde,
      TrainedClassifier trained,
      Shape example,
      Optional<Standardization> standardization) {
    try (var computation = new Computation(0, 0, Device.CPU)) {
      var tf = computation.tf();
      Shape batch = example.prepend(Shape.UNKNOWN_SIZE);
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(batch));
      double time = sde.trainingStartTime();
      NoiseLevel least = sde.level(time);
      var size =
          tf.expandDims(tf.gather(tf.shape(x), tf.constant(0), tf.constant(0)), tf.constant(0));
      var level =
          new Level(
              tf.fill(size, tf.constant((float) time)),
              tf.fill(size, tf.constant((float) least.alpha())),
              tf.fill(size, tf.constant((float) least.sigma())));
      var scope =
          ParameterScope.root(computation, new RandomKey(tf), MODEL, false, Precision.FLOAT32);
      Classifier classifier = trained.classifier();
      tf.withName("logits")
          .identity(
              classifier.logits(
                  scope, new GraphUnits(tf, standardization).ofModel(x), level, trained.classes()));
      var nodes = new GraphNodes(computation.graph().toGraphDef());
      freeze(computation, trained.checkpoint().orElseThrow(), nodes);
      nodes.put(identity("features", lastProduct(nodes).getInput(0)));
      return bytes(nodes.neededBy(List.of("logits", "features")));
    }
  }

  /** The same graph gives the same bytes: those of a plain message depend on the order of maps. */
  private static byte[] bytes(GraphDef graph) {
    byte[] bytes = new byte[graph.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      graph.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size takes all", e);
    }
    return bytes;
  }

  /** Puts the checkpoint's values in the place of the variables' reads. */
  private static void freeze(Computation computation, TensorFile checkpoint, GraphNodes nodes) {
    for (Variable variable : computation.variables()) {
      String tensor = "ema" + variable.name().substring(MODEL.length());
      if (!checkpoint.contains(tensor) || !checkpoint.shape(tensor).equals(variable.shape())) {
        throw new TensorFileException(
            checkpoint.path(), "has no tensor " + tensor + " " + variable.shape());
      }
      var shape = TensorShapeProto.newBuilder();
      for (long extent : variable.shape().asArray()) {
        shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(extent));
      }
      var values = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape);
      for (float value : checkpoint.floats(tensor)) {
        values.addFloatVal(value);
      }
      String name = variable.value().op().name();
      nodes.put(
          NodeDef.newBuilder()
              .setName(name)
              .setOp("Const")
              .putAttr("dtype", type())
              .putAttr("value", AttrValue.newBuilder().setTensor(values).build())
              .build());
    }
  }

  private static AttrValue type() {
    return AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
  }

  private static NodeDef identity(String name, String input) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Identity")
        .addInput(input)
        .putAttr("T", type())
        .build();
  }

  /** Back from the logits, past the bias. */
  private static NodeDef lastProduct(GraphNodes nodes) {
    NodeDef node = nodes.source("logits");
    while (!node.getOp().equals("MatMul")) {
      if (node.getInputCount() == 0) {
        throw new InvalidValueException(
            "classifier", node.getName(), "must end in a product with a matrix, for its features");
      }
      node = nodes.source(node.getInput(0));
    }
    return node;
  }
}
