package org.score4j.metric;

import java.util.Locale;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * Numbers that a graph computes for each image: a tensor [B, D] or [B, 1, 1, D].
 *
 * @param key component of the extractor that names it
 * @param tensor its name, such as {@code "logits"} or {@code "logits:0"}
 * @param fault makes the exception if it is unsuitable
 */
record GraphOutput(String key, String tensor, GraphFault fault) {

  /** Checks what the graph says of it. */
  void check(Graph graph) {
    Operand<?> found = find(graph, key, tensor, fault);
    Shape shape = found.shape();
    boolean known = !shape.isUnknown();
    if (known && !isVectors(shape)) {
      throw fault.of(key, shapeRule(shape));
    }
  }

  /** A tensor of the graph, of float32. */
  static Operand<?> find(Graph graph, String key, String tensor, GraphFault fault) {
    GraphOperation operation = graph.operation(GraphCheck.operation(tensor));
    int colon = tensor.indexOf(':');
    String number = colon < 0 ? "0" : tensor.substring(colon + 1);
    if (operation == null
        || !number.matches("\\d{1,6}")
        || Integer.parseInt(number) >= operation.numOutputs()) {
      throw fault.of(key, "must be the name of a tensor in the graph");
    }
    Output<?> found = operation.output(Integer.parseInt(number));
    DataType type = found.dataType();
    if (type != DataType.DT_FLOAT) {
      throw fault.of(
          key,
          "must be a tensor of float32, but is of "
              + type.name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT)
              + "; name another, or add a Cast to the graph");
    }
    return found;
  }

  /**
   * The numbers of a batch.
   *
   * @param value what the graph gave
   * @param count number of images that it was given
   */
  float[] read(Tensor value, int count) {
    Shape shape = value.shape();
    if (!isVectors(shape) || shape.get(0) != count || shape.size() == 0) {
      throw fault.of(
          key, shapeRule(shape) + (shape.numDimensions() > 0 ? " for " + count + " images" : ""));
    }
    float[] numbers = new float[Math.toIntExact(shape.size())];
    ((TFloat32) value).copyTo(DataBuffers.of(numbers));
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw fault.of(
            key,
            "must be finite for every image, but number "
                + (i % (numbers.length / count) + 1)
                + " of an image is "
                + numbers[i]
                + "; check low and high, or name another tensor");
      }
    }
    return numbers;
  }

  private static boolean isVectors(Shape shape) {
    int rank = shape.numDimensions();
    return rank == 2 || rank == 4 && is1(shape.get(1)) && is1(shape.get(2));
  }

  private static boolean is1(long size) {
    return size == 1 || size == Shape.UNKNOWN_SIZE;
  }

  private static String shapeRule(Shape shape) {
    return "must give D numbers for each image, [B, D] or [B, 1, 1, D], but gives " + shape;
  }
}
