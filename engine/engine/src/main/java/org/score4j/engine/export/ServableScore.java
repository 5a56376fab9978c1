package org.score4j.engine.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.Standardization;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.GraphNodes;
import org.score4j.engine.graph.GraphScope;
import org.score4j.engine.graph.GraphUnits;
import org.score4j.engine.graph.Variable;
import org.score4j.engine.score.ScoreInputs;
import org.score4j.engine.score.TimeRange;
import org.score4j.format.FileFault;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A model as a TensorFlow SavedModel, which TensorFlow Serving and Python load without score4j. Its
 * signatures, all for any B:
 *
 * <pre>
 *   score:    x [B, ...], t [B], labels [B] if the model looks at them  -&gt;  score [B, ...]
 *   denoise:  the same                                                 -&gt;  denoised [B, ...]
 * </pre>
 *
 * <p>Any forward process can be exported: {@code alpha(t)} and {@code sigma(t)} are computed in the
 * graph from {@link TimeTable tables} of what the host computes. A time outside of {@link
 * TimeRange} is an error.
 */
public final class ServableScore implements AutoCloseable {
  private static final String TAG = "serve";
  private static final String PREDICT = "tensorflow/serving/predict";

  private final Computation computation = new Computation(0, 0, Device.CPU);
  private final Ops tf = computation.tf();
  private final ScoreInputs inputs;

  private record Tabulated(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /**
   * Compiles a model.
   *
   * @param sde the forward process
   * @param model the score of the data; its parameters are to be {@link #load loaded} if it has any
   * @param example shape of one example: [H, W, C] or [D]
   * @param classes number of classes that the model takes; 0 if none
   * @param precision arithmetic of the network
   * @param standardization of the data that the model was trained on, made part of the graph: x and
   *     what comes of it are in the units of the data, at every time
   * @throws InvalidValueException if the model does not suit the shape, or the forward process
   *     cannot be put into a table
   */
  public ServableScore(
      Sde sde,
      ScoreModel model,
      Shape example,
      int classes,
      Precision precision,
      Optional<Standardization> standardization) {
    try {
      inputs = ScoreInputs.of(computation, model, example, classes, precision);
      var times = new TimeRange(sde);
      // Even a model that does not look at the time refuses a wrong one.
      Ops checked = tf.withControlDependencies(List.of(check(times)));
      LevelTensors level = tabulated(times, checked.identity(inputs.t()));
      var units = new GraphUnits(tf, standardization);
      var x = units.ofModel(inputs.x());
      var score = inputs.field().score(x, level);
      checked.withName("score").identity(units.scoresOfData(score));
      checked.withName("denoised").identity(units.ofData(inputs.field().denoised(x, level)));
      if (parameterCount() > 0) {
        addSaver();
      }
      computation.start();
    } catch (RuntimeException e) {
      computation.close();
      throw e;
    }
  }

  private Op check(TimeRange times) {
    var inside =
        tf.math.logicalAnd(
            tf.math.greaterEqual(inputs.t(), tf.constant(times.first())),
            tf.math.lessEqual(inputs.t(), tf.constant(times.last())));
    String rule = "t must be from %s to %s, found".formatted(times.first(), times.last());
    return tf.assertThat(
        tf.reduceAll(inside, tf.constant(0)), List.of(tf.constant(rule), inputs.t()));
  }

  private LevelTensors tabulated(TimeRange times, Operand<TFloat32> t) {
    return new Tabulated(
        t,
        table("alpha", at -> times.level(at).alpha(), times).at(tf, t),
        table("sigma", at -> times.level(at).sigma(), times).at(tf, t));
  }

  private static TimeTable table(String name, DoubleUnaryOperator function, TimeRange times) {
    try {
      return TimeTable.of(function, times.first(), times.last());
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(
          "sde",
          times.sde(),
          "must have a " + name + "(t) that can be exported, but it " + e.getMessage());
    }
  }

  /** Operations of the names that loaders expect; TensorFlow's own saver ignores resources. */
  private void addSaver() {
    Ops save = GraphScope.inside(tf, "save");
    var file =
        save.withName("filename").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    String[] names = computation.variables().stream().map(Variable::name).toArray(String[]::new);
    String[] wholes = new String[names.length];
    Arrays.fill(wholes, "");
    var name = save.constant(StdArrays.ndCopyOf(names));
    var whole = save.constant(StdArrays.ndCopyOf(wholes));
    List<Operand<?>> values = new ArrayList<>();
    List<Class<? extends TType>> types = new ArrayList<>();
    for (Variable variable : computation.variables()) {
      values.add(variable.value());
      types.add(TFloat32.class);
    }
    var written = save.train.save(file, name, whole, values);
    save.withControlDependencies(List.of(written)).withName("control_dependency").identity(file);
    var read = save.train.restore(file, name, whole, types).tensors();
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      @SuppressWarnings("unchecked")
      var value = (Operand<TFloat32>) read.get(i);
      assigned.add(save.assignVariableOp(computation.variables().get(i).handle(), value));
    }
    save.withControlDependencies(assigned).withName("restore_all").noOp();
  }

  /** Number of tensors the model keeps as parameters. */
  public int parameterCount() {
    return computation.variables().size();
  }

  /**
   * Reads the model's parameters from a checkpoint.
   *
   * @param prefix {@code "ema"} for the averaged parameters, {@code "model"} for the last ones
   * @throws TensorFileException if a parameter is missing or has another shape
   */
  public void load(TensorFile file, String prefix) {
    computation.load(file, ScoreInputs.MODEL, prefix);
  }

  /**
   * Writes the model.
   *
   * @param folder is made
   * @throws UncheckedIOException if the disk refuses
   */
  public void export(Path folder) {
    try {
      Path variables = Files.createDirectories(folder.resolve("variables")).resolve("variables");
      if (parameterCount() > 0) {
        try (TString file = TString.scalarOf(variables.toString());
            Result written =
                computation
                    .runner()
                    .feed("save/filename", file)
                    .fetch("save/control_dependency")
                    .run()) {
          assert written.size() == 1;
        }
      }
      var model = SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(metaGraph());
      Files.write(folder.resolve("saved_model.pb"), model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder + ": " + FileFault.reason(e), e);
    }
  }

  private MetaGraphDef metaGraph() {
    var meta = MetaGraphDef.newBuilder();
    meta.getMetaInfoDefBuilder().addTags(TAG).setTensorflowVersion(TensorFlow.version());
    List<String> targets = new ArrayList<>(List.of("x", "score", "denoised"));
    if (parameterCount() > 0) {
      targets.addAll(List.of("save/control_dependency", "save/restore_all"));
      meta.setSaverDef(
          SaverDef.newBuilder()
              .setFilenameTensorName("save/filename:0")
              .setSaveTensorName("save/control_dependency:0")
              .setRestoreOpName("save/restore_all")
              .setVersion(SaverDef.CheckpointFormatVersion.V2));
    }
    GraphDef graph = graph(targets);
    boolean toldClasses =
        graph.getNodeList().stream().anyMatch(node -> node.getName().equals("labels"));
    return meta.setGraphDef(graph)
        .putSignatureDef("score", signature("score", toldClasses))
        .putSignatureDef("denoise", signature("denoised", toldClasses))
        .build();
  }

  /** The part of the graph that is needed: nothing that only gives variables their first values. */
  private GraphDef graph(List<String> targets) {
    GraphDef graph = new GraphNodes(computation.graph().toGraphDef()).neededBy(targets);
    refuseOtherInputs(graph);
    return graph;
  }

  private static void refuseOtherInputs(GraphDef graph) {
    Set<String> given = Set.of("x", "t", "labels", "save/filename");
    graph.getNodeList().stream()
        .filter(node -> node.getOp().equals("Placeholder") && !given.contains(node.getName()))
        .findFirst()
        .ifPresent(
            node -> {
              throw new InvalidValueException(
                  "model",
                  node.getName(),
                  "must not draw random numbers when it is not being trained");
            });
  }

  private SignatureDef signature(String output, boolean toldClasses) {
    Shape data = inputs.x().shape();
    Shape vector = inputs.t().shape();
    var signature =
        SignatureDef.newBuilder()
            .setMethodName(PREDICT)
            .putInputs("x", info("x", data, DataType.DT_FLOAT))
            .putInputs("t", info("t", vector, DataType.DT_FLOAT))
            .putOutputs(output, info(output, data, DataType.DT_FLOAT));
    if (toldClasses) {
      signature.putInputs("labels", info("labels", vector, DataType.DT_INT32));
    }
    return signature.build();
  }

  private static TensorInfo info(String operation, Shape of, DataType type) {
    var shape = TensorShapeProto.newBuilder();
    for (long size : of.asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorInfo.newBuilder()
        .setName(operation + ":0")
        .setDtype(type)
        .setTensorShape(shape)
        .build();
  }

  @Override
  public void close() {
    computation.close();
  }
}
