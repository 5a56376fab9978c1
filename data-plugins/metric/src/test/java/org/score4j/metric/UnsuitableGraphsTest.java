package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.FeatureExtractor.Extraction;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Graphs that cannot tell features, or would do more, are refused before TensorFlow runs them. */
class UnsuitableGraphsTest {
  private static final Shape IMAGE = Shape.of(2, 2, 1);
  private static final Shape BATCH = IMAGE.prepend(Shape.UNKNOWN_SIZE);

  @TempDir private Path folder;

  private static GraphDef graph(Shape input, BiConsumer<Ops, Operand<TFloat32>> network) {
    try (var graph = new Graph()) {
      Ops tf = Ops.create(graph);
      network.accept(tf, tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(input)));
      return graph.toGraphDef();
    }
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1, 4}));
  }

  private static GraphDef suitable() {
    return graph(
        BATCH,
        (tf, x) -> {
          tf.withName("features").identity(rows(tf, x));
          tf.withName("logits").identity(rows(tf, x));
        });
  }

  /** A suitable graph of which features are other ones. */
  private static GraphDef features(BiConsumer<Ops, Operand<TFloat32>> features) {
    return graph(
        BATCH,
        (tf, x) -> {
          features.accept(tf, x);
          tf.withName("logits").identity(rows(tf, x));
        });
  }

  private Extraction open(byte[] bytes) {
    try {
      Path path = Files.write(folder.resolve("graph.pb"), bytes);
      return new FrozenGraph(path, "x", "features", "logits", 0, 1, 1).open(IMAGE, PixelRange.UNIT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(GraphDef graph, String component, String word) {
    assertRefused(() -> open(graph.toByteArray()), component, word);
  }

  private static void assertRefused(Runnable work, String component, String word) {
    var e = assertThrows(InvalidValueException.class, work::run);
    assertEquals(component, e.faults().get(0).component(), e.getMessage());
    assertTrue(e.getMessage().contains(word), e.getMessage());
    // By its own class, so that the place in the recipe is found.
    assertTrue(
        Arrays.stream(e.getStackTrace())
            .anyMatch(call -> call.getClassName().matches(".*\\.(Frozen|Saved)Graph")));
  }

  @Test
  void suitableGraphIsTaken() {
    try (Extraction extraction = open(suitable().toByteArray())) {
      assertArrayEquals(
          new float[] {0, 1, 0, 1}, extraction.extract(new float[] {0, 1, 0, 1}, 1).features());
    }
  }

  @Test
  void emptyFileIsRefused() {
    assertRefused(() -> open(new byte[0]), "path", "has none");
  }

  @Test
  void filesCutShortAreRefused() {
    byte[] whole = suitable().toByteArray();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        open(cut).close();
        // What is missing is only the version of TensorFlow at the end.
        assertTrue(length > whole.length - 16, "taken, cut to " + length);
      } catch (InvalidValueException e) {
        assertTrue(e.getMessage().contains("must"), e.getMessage());
      }
    }
  }

  @Test
  void foldersAreRefused() {
    var frozen = new FrozenGraph(folder, "x", "features", "logits", 0, 1, 1);
    assertRefused(() -> frozen.open(IMAGE, PixelRange.UNIT), "path", "must be the file");
  }

  @Test
  void featuresOfOtherTypesAreRefused() {
    assertRefused(
        features(
            (tf, x) -> tf.withName("features").identity(tf.dtypes.cast(rows(tf, x), TInt32.class))),
        "features",
        "int32");
  }

  @Test
  void oneRowForAllImagesIsRefused() {
    assertRefused(
        features((tf, x) -> tf.withName("features").identity(tf.constant(new float[1][3]))),
        "features",
        "[1, 3] for 2 images");
  }

  @Test
  void noNumbersAreRefused() {
    assertRefused(
        features(
            (tf, x) ->
                tf.withName("features")
                    .slice(
                        rows(tf, x),
                        tf.constant(new int[] {0, 0}),
                        tf.constant(new int[] {-1, 0}))),
        "features",
        "[2, 0]");
  }

  @Test
  void mapsAreRefused() {
    assertRefused(
        features((tf, x) -> tf.withName("features").identity(x)), "features", "[B, 1, 1, D]");
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    assertRefused(
        features(
            (tf, x) ->
                tf.withName("features")
                    .identity(tf.math.div(rows(tf, x), tf.zerosLike(rows(tf, x))))),
        "features",
        "must be finite");
  }

  @Test
  void featuresThatTurnOutNotFiniteAreRefusedWithTheImage() {
    // Finite in the trial, whose pixels are noise.
    GraphDef inverse =
        features(
            (tf, x) -> {
              var mean = tf.math.mean(rows(tf, x), tf.constant(1));
              tf.withName("features").expandDims(tf.math.reciprocal(mean), tf.constant(1));
            });
    try (Extraction extraction = open(inverse.toByteArray())) {
      assertRefused(() -> extraction.extract(new float[8], 2), "features", "Infinity");
    }
  }

  @Test
  void featuresThatDependOnTheBatchAreRefused() {
    assertRefused(
        features(
            (tf, x) ->
                tf.withName("features")
                    .identity(
                        tf.math.sub(
                            rows(tf, x), tf.math.mean(rows(tf, x), tf.constant(new int[] {0}))))),
        "features",
        "alone");
  }

  @Test
  void featuresOfChanceAreRefused() {
    assertRefused(
        features(
            (tf, x) ->
                tf.withName("features")
                    .identity(tf.random.randomUniform(tf.shape(rows(tf, x)), TFloat32.class))),
        "features",
        "alone");
  }

  @Test
  void widthsThatVaryAreRefused() {
    assertRefused(
        features(
            (tf, x) ->
                tf.withName("features")
                    .tile(
                        rows(tf, x),
                        tf.concat(
                            List.of(
                                tf.constant(new int[] {1}),
                                tf.expandDims(
                                    tf.gather(tf.shape(x), tf.constant(0), tf.constant(0)),
                                    tf.constant(0))),
                            tf.constant(0)))),
        "features",
        "alone");
  }

  @Test
  void inputsOfOtherImagesAreRefused() {
    for (Shape other : List.of(Shape.of(1, 2, 2, 1), Shape.of(-1, 3, 3, 1), Shape.of(-1, 4))) {
      GraphDef graph =
          graph(
              other,
              (tf, x) -> {
                tf.withName("features").identity(rows(tf, x));
                tf.withName("logits").identity(rows(tf, x));
              });
      assertRefused(graph, "input", "[-1, 2, 2, 1]");
    }
  }

  @Test
  void whatTensorFlowCannotRunIsRefused() {
    GraphDef graph =
        graph(
            Shape.unknown(),
            (tf, x) -> {
              var three = tf.reshape(x, tf.constant(new int[] {-1, 3}));
              tf.withName("features").identity(three);
              tf.withName("logits").identity(three);
            });
    assertRefused(graph, "path", "must be a graph that takes images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"features:1", "features:99999999999", "features:x", ":0", "", "none"})
  void tensorsThatAreMissingAreRefused(String name) throws IOException {
    Path path = Files.write(folder.resolve("graph.pb"), suitable().toByteArray());
    var frozen = new FrozenGraph(path, "x", name, "logits", 0, 1, 1);
    assertRefused(() -> frozen.open(IMAGE, PixelRange.UNIT), "features", "name of a tensor");
  }

  private static NodeDef node(String name, String operation, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(operation).addAllInput(List.of(inputs)).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReadFile",
        "WriteFile",
        "SaveV2",
        "RestoreV2",
        "MergeV2Checkpoints",
        "PyFunc",
        "EagerPyFunc",
        "PrintV2",
        "Print",
        "TFRecordDataset",
        "TextLineDataset",
        "MatchingFiles",
        "ImmutableConst",
        "LookupTableExportV2",
        "InitializeTableFromTextFileV2",
        "Abort",
        "RemoteCall",
        "RpcCall",
        "Send",
        "XlaLaunchV2",
        "WholeFileReaderV2",
        "MakeLibraryOp"
      })
  void operationsThatDoMoreThanComputeAreRefused(String operation) {
    GraphDef graph = suitable().toBuilder().addNode(node("extra", operation)).build();
    assertRefused(graph, "path", operation + " (operation extra)");
  }

  private static FunctionDefLibrary library(String operation) {
    return FunctionDefLibrary.newBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName("hidden"))
                .addNodeDef(node("inner", operation)))
        .build();
  }

  @Test
  void functionsAreLookedInto() {
    GraphDef graph = suitable().toBuilder().setLibrary(library("ReadFile")).build();
    assertRefused(graph, "path", "ReadFile (operation inner of function hidden)");
  }

  @Test
  void constantsLargerThanTheirFileAreRefused() {
    for (long[] extents : List.of(new long[] {1 << 20, 1 << 20}, new long[] {1L << 40, 1L << 40})) {
      var shape = TensorShapeProto.newBuilder();
      Arrays.stream(extents)
          .forEach(extent -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(extent)));
      var tensor =
          TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape).addFloatVal(1);
      NodeDef constant =
          node("huge", "Const").toBuilder()
              .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
              .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
              .build();
      assertRefused(suitable().toBuilder().addNode(constant).build(), "path", "huge");
    }
  }

  private Extraction saved(Consumer<MetaGraphDef.Builder> change) {
    var signature =
        SignatureDef.newBuilder()
            .putInputs("x", TensorInfo.newBuilder().setName("x:0").build())
            .putOutputs("features", TensorInfo.newBuilder().setName("features:0").build())
            .putOutputs("logits", TensorInfo.newBuilder().setName("logits:0").build());
    var meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
            .setGraphDef(suitable())
            .putSignatureDef("serving_default", signature.build());
    change.accept(meta);
    var model = SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta);
    return openSaved(model.build().toByteArray());
  }

  private Extraction openSaved(byte[] bytes) {
    try {
      Files.write(folder.resolve("saved_model.pb"), bytes);
      return new SavedGraph(folder, "serving_default", "x", "features", "logits", 0, 1, 1)
          .open(IMAGE, PixelRange.UNIT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void savedModelsOfGarbageAreRefused() {
    assertRefused(() -> openSaved(new byte[] {1, 2, 3, 4}), "path", "saved_model.pb");
    assertRefused(() -> openSaved(new byte[0]), "path", "serve");
    assertRefused(() -> saved(MetaGraphDef.Builder::clearGraphDef), "path", "has none");
    assertRefused(
        () -> saved(MetaGraphDef.Builder::clearSignatureDef), "signature", "must be one of");
  }

  @Test
  void savedModelsMayReadTheirVariablesAlone() {
    GraphDef restoring =
        suitable().toBuilder()
            .addNode(node("read", "RestoreV2"))
            .addNode(node("restore", "NoOp", "^read"))
            .addNode(node("save", "SaveV2"))
            .build();
    SaverDef saver =
        SaverDef.newBuilder().setRestoreOpName("restore").setSaveTensorName("save:0").build();
    var meta = MetaGraphDef.newBuilder().setGraphDef(restoring).setSaverDef(saver);
    assertTrue(SavedCheck.forbidden(meta.build()).isEmpty());

    String refused = SavedCheck.forbidden(meta.clone().clearSaverDef().build()).orElseThrow();
    assertTrue(refused.matches("(RestoreV2|SaveV2) .*"), refused);

    var writing =
        meta.clone().setSaverDef(saver.toBuilder().setRestoreOpName("save").clearSaveTensorName());
    assertTrue(SavedCheck.forbidden(writing.build()).isPresent());

    var initialization =
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("save"));
    var initialized = meta.clone().putCollectionDef("saved_model_main_op", initialization.build());
    assertEquals(
        "SaveV2 (operation save)", SavedCheck.forbidden(initialized.build()).orElseThrow());
  }

  @Test
  void functionsOfSavedModelsAreCheckedByWhatCallsThem() {
    NodeDef call =
        node("call", "PartitionedCall").toBuilder()
            .putAttr(
                "f",
                AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName("hidden")).build())
            .build();
    var graph = suitable().toBuilder().setLibrary(library("RestoreV2")).addNode(call);
    var meta = MetaGraphDef.newBuilder().setGraphDef(graph);
    assertTrue(SavedCheck.forbidden(meta.build()).isPresent());
    meta.setSaverDef(SaverDef.newBuilder().setRestoreOpName("call"));
    assertTrue(SavedCheck.forbidden(meta.build()).isEmpty());
    meta.setGraphDef(graph.setLibrary(library("WriteFile")));
    assertTrue(SavedCheck.forbidden(meta.build()).isPresent());
  }

  @Test
  void savedModelsWhoseVariablesAreMissingAreRefused() {
    assertRefused(
        () ->
            saved(
                meta ->
                    meta.setGraphDef(
                        features(
                            (tf, x) -> {
                              var variable =
                                  tf.varHandleOp(
                                      TFloat32.class, Shape.of(4), VarHandleOp.sharedName("w"));
                              var w = tf.readVariableOp(variable, TFloat32.class);
                              tf.withName("features").math.mul(rows(tf, x), w);
                            }))),
        "path",
        "must be a graph that");
  }
}
