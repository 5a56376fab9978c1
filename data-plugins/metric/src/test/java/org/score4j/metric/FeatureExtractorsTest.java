package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Examples;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.FeatureExtractor.Extracted;
import org.score4j.api.FeatureExtractor.Extraction;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.data.Division;
import org.score4j.data.FashionMnist;
import org.score4j.data.Part;
import org.score4j.data.Subset;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

class FeatureExtractorsTest {
  private static final Shape IMAGE = Shape.of(28, 28, 1);

  @TempDir private Path folder;

  @Test
  void bundledClassifierTellsTheClassOfHeldOutImages() {
    try (Examples images =
            new Subset(new FashionMnist(), Part.HELD_OUT, 0.2, Division.EVEN).open();
        Extraction extraction =
            new FashionMnistClassifier().open(images.shape(), images.pixels().orElseThrow())) {
      int count = (int) images.size().orElseThrow();
      int right = 0;
      for (int first = 0; first < count; first += 250) {
        float[] logits = extraction.extract(pixels(images, first, 250), 250).logits();
        for (int i = 0; i < 250; i++) {
          right += largest(logits, i) == images.label(first + i) ? 1 : 0;
        }
      }
      assertEquals(2000, count);
      // A tie or two may fall otherwise on another processor.
      assertEquals(1694, right, 2);
    }
  }

  @Test
  void rangeOfThePixelsDoesNotMatter() {
    float[] unit = pixels(new FashionMnist().open(), 0, 3);
    float[] centered = unit.clone();
    for (int k = 0; k < centered.length; k++) {
      centered[k] = 2 * centered[k] - 1;
    }
    var extractor = new FashionMnistClassifier();
    assertSame(
        extract(extractor, PixelRange.UNIT, unit),
        extract(extractor, PixelRange.CENTERED, centered));
  }

  @Test
  void frozenGraphIsReadFromItsPath() throws IOException {
    Path path = Files.write(folder.resolve("classifier.pb"), graph());
    var frozen = new FrozenGraph(path, "x", "features", "logits", 0, 1, 1);
    float[] images = pixels(new FashionMnist().open(), 0, 3);
    assertSame(
        extract(new FashionMnistClassifier(), PixelRange.UNIT, images),
        extract(frozen, PixelRange.UNIT, images));
  }

  @Test
  void savedModelIsReadFromItsFolder() throws IOException {
    var signature =
        SignatureDef.newBuilder()
            .setMethodName("tensorflow/serving/predict")
            .putInputs("image", info("x", 28, 28, 1))
            .putOutputs("hidden", info("features", 64))
            .putOutputs("scores", info("logits", 10));
    var meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
            .setGraphDef(GraphDef.parseFrom(graph()))
            .putSignatureDef("serving_default", signature.build());
    var model = SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta);
    Files.write(folder.resolve("saved_model.pb"), model.build().toByteArray());
    var saved = new SavedGraph(folder, "serving_default", "image", "hidden", "scores", 0, 1, 1);
    float[] images = pixels(new FashionMnist().open(), 0, 3);
    assertSame(
        extract(new FashionMnistClassifier(), PixelRange.UNIT, images),
        extract(saved, PixelRange.UNIT, images));
  }

  @Test
  void unknownTensorIsNamed() throws IOException {
    Path path = Files.write(folder.resolve("classifier.pb"), graph());
    var frozen = new FrozenGraph(path, "x", "pool_3", "logits", 0, 1, 1);
    var e = assertThrows(InvalidValueException.class, () -> frozen.open(IMAGE, PixelRange.UNIT));
    assertTrue(e.getMessage().contains("pool_3"), e.getMessage());
  }

  @Test
  void whatIsNoGraphIsRefused() throws IOException {
    Path path = Files.writeString(folder.resolve("classifier.pb"), "no graph");
    var frozen = new FrozenGraph(path, "x", "features", "logits", 0, 1, 1);
    assertThrows(InvalidValueException.class, () -> frozen.open(IMAGE, PixelRange.UNIT));
  }

  @Test
  void bundledClassifierTakesOnlyItsOwnKindOfImages() {
    var classifier = new FashionMnistClassifier();
    assertThrows(
        InvalidValueException.class, () -> classifier.open(Shape.of(32, 32, 3), PixelRange.UNIT));
  }

  private static Extracted extract(FeatureExtractor extractor, PixelRange range, float[] images) {
    try (Extraction extraction = extractor.open(IMAGE, range)) {
      return extraction.extract(images, 3);
    }
  }

  private static void assertSame(Extracted expected, Extracted found) {
    assertEquals(3 * 64, found.features().length);
    assertArrayEquals(expected.features(), found.features(), 1e-5f);
    assertArrayEquals(expected.logits(), found.logits(), 1e-4f);
  }

  private static byte[] graph() throws IOException {
    try (var packed =
            FashionMnistClassifier.class.getResourceAsStream("fashion-mnist-classifier.pb.gz");
        var graph = new GZIPInputStream(packed)) {
      return graph.readAllBytes();
    }
  }

  private static TensorInfo info(String operation, int... extents) {
    var shape = TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(-1));
    for (int extent : extents) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(extent));
    }
    return TensorInfo.newBuilder()
        .setName(operation + ":0")
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(shape)
        .build();
  }

  private static float[] pixels(Examples images, int first, int count) {
    float[] values = new float[count * 784];
    ByteBuffer bytes = ByteBuffer.allocate(784);
    for (int i = 0; i < count; i++) {
      images.read(first + i, bytes.clear());
      for (int k = 0; k < 784; k++) {
        values[784 * i + k] = images.pixels().orElseThrow().fromByte(bytes.get(k));
      }
    }
    return values;
  }

  private static int largest(float[] logits, int row) {
    int best = 0;
    for (int c = 1; c < 10; c++) {
      best = logits[10 * row + c] > logits[10 * row + best] ? c : best;
    }
    return best;
  }
}
