package org.score4j.engine.gradient;

import static org.score4j.engine.gradient.ElementwiseGradients.number;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.nn.AvgPool;
import org.tensorflow.op.nn.BiasAdd;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Gradients of TensorFlow's gradients of operations linear in their input, such as pooling and
 * resizing: the gradient of what is linear is its transpose, and the transpose of a transpose is
 * the operation itself.
 */
final class LinearGradients {

  private LinearGradients() {}

  static Map<String, RawCustomGradient> rules() {
    return Map.of(
        "BiasAddGrad", LinearGradients::biasAdd,
        "AvgPoolGrad", LinearGradients::averagePool,
        "MaxPoolGradV2", LinearGradients::maximumPool,
        "ResizeBilinearGrad", LinearGradients::resizeBilinear,
        "ResizeNearestNeighborGrad", LinearGradients::resizeNearest,
        "Conv2DBackpropFilter", LinearGradients::convolutionKernel);
  }

  private static List<Operand<?>> biasAdd(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var dy = number(op.input(0));
    var format = BiasAdd.dataFormat(op.attributes().getAttrString("data_format"));
    return List.of(tf.nn.biasAdd(tf.zerosLike(dy), number(gradients.get(0)), format));
  }

  private static List<Operand<?>> averagePool(
      Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var attributes = op.attributes();
    return List.of(
        tf.zerosLike(integer(op.input(0))),
        tf.nn.avgPool(
            number(gradients.get(0)),
            list(attributes.getAttrIntList("ksize")),
            list(attributes.getAttrIntList("strides")),
            attributes.getAttrString("padding"),
            AvgPool.dataFormat(attributes.getAttrString("data_format"))));
  }

  /** Linear for a given place of each maximum, and constant between the changes of these places. */
  private static List<Operand<?>> maximumPool(
      Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var input = number(op.input(0));
    var output = number(op.input(1));
    var picked =
        tf.nn.maxPoolGradGrad(
            input,
            output,
            number(gradients.get(0)),
            integer(op.input(3)),
            integer(op.input(4)),
            op.attributes().getAttrString("padding"));
    return List.of(
        tf.zerosLike(input),
        tf.zerosLike(output),
        picked,
        tf.zerosLike(integer(op.input(3))),
        tf.zerosLike(integer(op.input(4))));
  }

  private static List<Operand<?>> resizeBilinear(
      Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var original = number(op.input(1));
    var attributes = op.attributes();
    var resized =
        tf.image.resizeBilinear(
            number(gradients.get(0)),
            size(tf, number(op.input(0))),
            ResizeBilinear.alignCorners(attributes.getAttrBool("align_corners")),
            ResizeBilinear.halfPixelCenters(attributes.getAttrBool("half_pixel_centers")));
    return List.of(resized, tf.zerosLike(original));
  }

  private static List<Operand<?>> resizeNearest(
      Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var attributes = op.attributes();
    var resized =
        tf.image.resizeNearestNeighbor(
            number(gradients.get(0)),
            size(tf, number(op.input(0))),
            ResizeNearestNeighbor.alignCorners(attributes.getAttrBool("align_corners")),
            ResizeNearestNeighbor.halfPixelCenters(attributes.getAttrBool("half_pixel_centers")));
    return List.of(resized, tf.zerosLike(integer(op.input(1))));
  }

  /** The gradient with respect to a kernel is linear in the image and in the result's gradient. */
  private static List<Operand<?>> convolutionKernel(
      Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var attributes = op.attributes();
    var image = number(op.input(0));
    var dy = number(op.input(2));
    var kernel = number(gradients.get(0));
    var strides = list(attributes.getAttrIntList("strides"));
    var dilations = list(attributes.getAttrIntList("dilations"));
    String padding = attributes.getAttrString("padding");
    String format = attributes.getAttrString("data_format");
    return List.of(
        tf.nn.conv2dBackpropInput(
            tf.shape(image),
            kernel,
            dy,
            strides,
            padding,
            Conv2dBackpropInput.dataFormat(format),
            Conv2dBackpropInput.dilations(dilations)),
        tf.zerosLike(integer(op.input(1))),
        tf.nn.conv2d(
            image,
            kernel,
            strides,
            padding,
            Conv2d.dataFormat(format),
            Conv2d.dilations(dilations)));
  }

  /** Height and width of images [B, H, W, C]. */
  private static Operand<TInt32> size(Ops tf, Operand<TNumber> images) {
    return tf.slice(tf.shape(images), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
  }

  private static List<Long> list(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @SuppressWarnings("unchecked")
  private static Operand<TInt32> integer(Operand<?> operand) {
    return (Operand<TInt32>) operand;
  }
}
