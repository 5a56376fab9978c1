package org.score4j.engine.gradient;

import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.family.TNumber;

/**
 * Gradients of TensorFlow's gradients of functions y = f(x) of each element, which are either
 * {@code Grad(y, dy)} or {@code Grad(dy, x or y)}. With g the gradient of the result and g' = d
 * f'(x) / d (x or y), the gradients are g f' with respect to dy, and g dy g' with respect to the
 * other.
 */
final class ElementwiseGradients {

  private ElementwiseGradients() {}

  static Map<String, RawCustomGradient> rules() {
    Function reciprocal =
        Function.of((tf, y) -> tf.math.neg(tf.math.square(y)), (tf, y) -> times(tf, y, -2));
    return Map.ofEntries(
        // y = sigmoid(x): f' = y (1 - y)
        outputFirst(
            "SigmoidGrad",
            Function.of(
                (tf, y) -> tf.math.sub(y, tf.math.square(y)),
                (tf, y) -> tf.math.sub(tf.onesLike(y), times(tf, y, 2)))),
        // y = tanh(x): f' = 1 - y^2
        outputFirst(
            "TanhGrad",
            Function.of(
                (tf, y) -> tf.math.sub(tf.onesLike(y), tf.math.square(y)),
                (tf, y) -> times(tf, y, -2))),
        // y = x^(-1/2): f' = -y^3 / 2
        outputFirst(
            "RsqrtGrad",
            Function.of(
                (tf, y) -> times(tf, tf.math.mul(y, tf.math.square(y)), -0.5),
                (tf, y) -> times(tf, tf.math.square(y), -1.5))),
        // y = x^(1/2): f' = 1 / (2 y)
        outputFirst(
            "SqrtGrad",
            Function.of(
                (tf, y) -> tf.math.reciprocal(times(tf, y, 2)),
                (tf, y) -> tf.math.reciprocal(times(tf, tf.math.square(y), -2)))),
        // y = 1 / x: f' = -y^2
        outputFirst("InvGrad", reciprocal),
        outputFirst("ReciprocalGrad", reciprocal),
        // y = ln(1 + e^x): f' = sigmoid(x)
        gradientFirst(
            "SoftplusGrad",
            Function.of(
                (tf, x) -> tf.math.sigmoid(x),
                (tf, x) -> tf.math.mul(tf.math.sigmoid(x), tf.math.sigmoid(tf.math.neg(x))))),
        // y = x above 0, e^x - 1 below: f' = 1 above 0, y + 1 below
        gradientFirst(
            "EluGrad",
            Function.of(
                (tf, y) -> positive(tf, y, tf.onesLike(y), tf.math.add(y, tf.onesLike(y))),
                (tf, y) -> positive(tf, y, tf.zerosLike(y), tf.onesLike(y)))),
        // y = max(x, 0): f' = 1 above 0
        gradientFirst(
            "ReluGrad",
            Function.of(
                (tf, x) -> positive(tf, x, tf.onesLike(x), tf.zerosLike(x)),
                (tf, x) -> tf.zerosLike(x))),
        Map.entry("LeakyReluGrad", ElementwiseGradients::leakyRelu),
        Map.entry("OnesLike", (tf, op, g) -> List.of(tf.zerosLike(number(op.input(0))))));
  }

  /** f'(x) and its own derivative, both as functions of what the operation is given, x or y. */
  private record Function(Of slope, Of curvature) {

    static Function of(Of slope, Of curvature) {
      return new Function(slope, curvature);
    }

    interface Of {
      Operand<TNumber> at(Ops tf, Operand<TNumber> point);
    }

    Operand<TNumber> bySlope(Ops tf, Operand<TNumber> g, Operand<TNumber> point) {
      return tf.math.mul(g, slope.at(tf, point));
    }

    Operand<TNumber> byCurvature(
        Ops tf, Operand<TNumber> g, Operand<TNumber> dy, Operand<TNumber> point) {
      return tf.math.mul(tf.math.mul(g, dy), curvature.at(tf, point));
    }
  }

  private static Map.Entry<String, RawCustomGradient> outputFirst(String type, Function f) {
    return Map.entry(
        type,
        (tf, op, gradients) -> {
          var y = number(op.input(0));
          var g = number(gradients.get(0));
          return List.of(f.byCurvature(tf, g, number(op.input(1)), y), f.bySlope(tf, g, y));
        });
  }

  private static Map.Entry<String, RawCustomGradient> gradientFirst(String type, Function f) {
    return Map.entry(
        type,
        (tf, op, gradients) -> {
          var point = number(op.input(1));
          var g = number(gradients.get(0));
          return List.of(f.bySlope(tf, g, point), f.byCurvature(tf, g, number(op.input(0)), point));
        });
  }

  private static List<Operand<?>> leakyRelu(
      Ops tf, GraphOperation op, List<org.tensorflow.Output<?>> gradients) {
    var g = number(gradients.get(0));
    var x = number(op.input(1));
    double below = op.attributes().getAttrFloat("alpha");
    return List.of(positive(tf, x, g, times(tf, g, below)), tf.zerosLike(x));
  }

  private static Operand<TNumber> positive(
      Ops tf, Operand<TNumber> x, Operand<TNumber> above, Operand<TNumber> below) {
    return tf.select(tf.math.greater(x, tf.zerosLike(x)), above, below);
  }

  private static Operand<TNumber> times(Ops tf, Operand<TNumber> x, double factor) {
    return tf.math.mul(x, tf.dtypes.cast(tf.constant((float) factor), x.type()));
  }

  /** The networks' tensors of this kind are all numbers; of which width, TensorFlow knows. */
  @SuppressWarnings("unchecked")
  static Operand<TNumber> number(Operand<?> operand) {
    return (Operand<TNumber>) operand;
  }
}
