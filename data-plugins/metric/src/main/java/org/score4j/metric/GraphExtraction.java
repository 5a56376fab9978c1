package org.score4j.metric;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.InvalidValueException;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * A loaded graph.
 *
 * @param session where it runs
 * @param resource closed with it
 * @param encoding how images are given to it
 * @param outputs names of its tensors
 * @param fingerprint of all that determines it
 */
record GraphExtraction(
    Session session,
    AutoCloseable resource,
    ImageEncoding encoding,
    Names outputs,
    String fingerprint)
    implements FeatureExtractor.Extraction {

  /** Names of tensors, such as {@code "logits"} or {@code "logits:0"}. */
  record Names(String input, String features, String logits) {}

  /** The extraction of a frozen graph. */
  static GraphExtraction of(byte[] frozen, ImageEncoding encoding, Names names) {
    var graph = new Graph();
    try {
      graph.importGraphDef(GraphDef.parseFrom(frozen));
      check(graph, names.input(), "input");
      check(graph, names.features(), "features");
      check(graph, names.logits(), "logits");
    } catch (IOException e) {
      graph.close();
      throw new InvalidValueException("path", "", "must be a frozen graph, but " + e.getMessage());
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    return new GraphExtraction(
        new Session(graph), graph, encoding, names, digest(frozen, encoding, names));
  }

  private static void check(Graph graph, String name, String key) {
    if (graph.operation(name.replaceFirst(":\\d+$", "")) == null) {
      throw new InvalidValueException(key, name, "must be the name of a tensor in the graph");
    }
  }

  static String digest(byte[] model, ImageEncoding encoding, Names names) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.wrap(model));
      digest.update(
          (encoding.network() + " " + encoding.channels() + " " + names)
              .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every platform has SHA-256", e);
    }
  }

  @Override
  public FeatureExtractor.Extracted extract(float[] values, int count) {
    try (TFloat32 images = encoding.encode(values, count);
        Result result =
            session
                .runner()
                .feed(outputs.input(), images)
                .fetch(outputs.features())
                .fetch(outputs.logits())
                .run()) {
      return new FeatureExtractor.Extracted(
          floats((TFloat32) result.get(0)), floats((TFloat32) result.get(1)));
    }
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values));
    return values;
  }

  @Override
  public void close() {
    session.close();
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
