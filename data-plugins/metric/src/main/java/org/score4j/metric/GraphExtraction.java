package org.score4j.metric;

import com.google.protobuf.InvalidProtocolBufferException;
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
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * A loaded graph.
 *
 * @param session where it runs
 * @param resource closed with it
 * @param encoding how images are given to it
 * @param input name of the tensor that they become
 * @param features its last hidden layer
 * @param logits its class scores
 * @param fault makes the exception if it is unsuitable
 * @param fingerprint of all that determines it
 */
record GraphExtraction(
    Session session,
    AutoCloseable resource,
    ImageEncoding encoding,
    String input,
    GraphOutput features,
    GraphOutput logits,
    GraphFault fault,
    String fingerprint)
    implements FeatureExtractor.Extraction {

  /** Names of tensors, such as {@code "logits"} or {@code "logits:0"}. */
  record Names(String input, String features, String logits) {}

  /** The extraction of a frozen graph. */
  static GraphExtraction of(byte[] frozen, ImageEncoding encoding, Names names, GraphFault fault) {
    GraphDef definition = checked(frozen, fault);
    var graph = new Graph();
    try {
      graph.importGraphDef(definition);
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      graph.close();
      throw unloadable(e, fault);
    }
    String fingerprint = digest(frozen, encoding, names);
    return opened(graph, new Session(graph), graph, encoding, names, fault, fingerprint);
  }

  /**
   * The extraction of a graph that was loaded, after a trial of it.
   *
   * @param resource closed with it, or if it is refused
   */
  static GraphExtraction opened(
      Graph graph,
      Session session,
      AutoCloseable resource,
      ImageEncoding encoding,
      Names names,
      GraphFault fault,
      String fingerprint) {
    var opened =
        new GraphExtraction(
            session,
            resource,
            encoding,
            names.input(),
            new GraphOutput("features", names.features(), fault),
            new GraphOutput("logits", names.logits(), fault),
            fault,
            fingerprint);
    try {
      encoding.check(graph, names.input(), fault);
      opened.features.check(graph);
      opened.logits.check(graph);
      new GraphTrial(opened).run();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static GraphDef checked(byte[] frozen, GraphFault fault) {
    try {
      GraphDef graph = GraphDef.parseFrom(frozen);
      var check = new GraphCheck(graph);
      check
          .forbidden(check.all(), check.functions(), AllowedOperations.pure())
          .ifPresent(
              operation -> {
                throw fault.of("path", forbidden(operation));
              });
      return graph;
    } catch (InvalidProtocolBufferException e) {
      throw fault.of("path", "must be a frozen graph, a GraphDef: " + e.getMessage());
    } catch (InvalidValueException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw fault.of("path", e.getMessage());
    }
  }

  /** The rule that an operation breaks. */
  static String forbidden(String operation) {
    return "must compute with tensors alone, but holds "
        + operation
        + ", which is not among the operations that score4j runs of a file; export the part of the"
        + " graph from images to features, without reading, writing, printing and Python";
  }

  /** What TensorFlow has against a graph. */
  static InvalidValueException unloadable(RuntimeException thrown, GraphFault fault) {
    return fault.of("path", "must be a graph that TensorFlow loads: " + firstLine(thrown));
  }

  private static String firstLine(RuntimeException thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }

  static String digest(byte[] model, ImageEncoding encoding, Names names) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.wrap(model));
      String rest = encoding.network() + " " + encoding.channels() + " " + names;
      digest.update(rest.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every platform has SHA-256", e);
    }
  }

  @Override
  public FeatureExtractor.Extracted extract(float[] values, int count) {
    try (TFloat32 images = encoding.encode(values, count);
        Result result = run(images)) {
      return new FeatureExtractor.Extracted(
          features.read(result.get(0), count), logits.read(result.get(1), count));
    }
  }

  private Result run(TFloat32 images) {
    try {
      return session
          .runner()
          .feed(input, images)
          .fetch(features.tensor())
          .fetch(logits.tensor())
          .run();
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw fault.of(
          "path", "must be a graph that takes images " + images.shape() + ": " + firstLine(e));
    }
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
