package org.score4j.metric;

import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * How images are given to a network: rounded to bytes, which stand for numbers of its own range.
 *
 * @param example shape of one image, [H, W, C]
 * @param pixels the numbers that the images come with
 * @param network the numbers that the network takes
 * @param channels how many the network takes: C, or 3 of images with 1, which is repeated
 */
record ImageEncoding(Shape example, PixelRange pixels, PixelRange network, int channels) {

  ImageEncoding {
    boolean image = example.numDimensions() == 3;
    if (!image || example.get(2) != channels && (example.get(2) != 1 || channels != 3)) {
      throw new InvalidValueException(
          "channels",
          channels,
          "must suit images, of as many channels or of 1 to be repeated as 3, but data have shape "
              + example);
    }
  }

  /**
   * Checks that a tensor of a graph can be such images.
   *
   * @param tensor its name
   * @param fault makes the exception if it cannot
   */
  void check(Graph graph, String tensor, GraphFault fault) {
    Operand<?> input = GraphOutput.find(graph, "input", tensor, fault);
    Shape taken = input.shape();
    Shape given = Shape.of(Shape.UNKNOWN_SIZE, example.get(0), example.get(1), channels);
    // TensorFlow holds the shape of a placeholder to its word, and no other.
    boolean placeholder = ((GraphOperation) input.op()).type().startsWith("Placeholder");
    if (!taken.isUnknown() && placeholder && !takes(taken, given)) {
      throw fault.of("input", "must take any number of images " + given + ", but takes " + taken);
    }
  }

  private static boolean takes(Shape taken, Shape given) {
    boolean suits = taken.numDimensions() == given.numDimensions();
    for (int k = 0; suits && k < given.numDimensions(); k++) {
      suits = taken.get(k) == Shape.UNKNOWN_SIZE || taken.get(k) == given.get(k);
    }
    return suits;
  }

  /** Images [B, H, W, channels] as the network takes them. */
  TFloat32 encode(float[] values, int count) {
    int repeats = (int) (channels / example.get(2));
    int size = Math.toIntExact(example.size());
    float[] encoded = new float[Math.toIntExact((long) count * size * repeats)];
    for (int k = 0; k < count * size; k++) {
      float value = network.fromByte((byte) pixels.toByte(values[k]));
      for (int r = 0; r < repeats; r++) {
        encoded[k * repeats + r] = value;
      }
    }
    return TFloat32.tensorOf(
        Shape.of(count, example.get(0), example.get(1), channels), DataBuffers.of(encoded));
  }
}
