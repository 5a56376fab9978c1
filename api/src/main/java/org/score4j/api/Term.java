package org.score4j.api;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A float32 tensor in a graph, with the operators of formulas: {@code x.times(a).plus(z.times(b))}.
 * Each adds one operation to the graph; shapes are broadcast, rows as {@link #along} aligns them.
 */
public interface Term extends Operand<TFloat32> {

  /** Where its operators add their operations. */
  Ops tf();

  /**
   * A value of a graph with these operators.
   *
   * @param tf where they add their operations
   */
  static Term of(Ops tf, Operand<TFloat32> value) {
    return new TermInGraph(tf, value);
  }

  /** {@code this + other}. */
  default Term plus(Operand<TFloat32> other) {
    return of(tf(), tf().math.add(this, other));
  }

  /** {@code this + other}. */
  default Term plus(double other) {
    return plus(constant(other));
  }

  /** {@code this - other}. */
  default Term minus(Operand<TFloat32> other) {
    return of(tf(), tf().math.sub(this, other));
  }

  /** {@code this - other}. */
  default Term minus(double other) {
    return minus(constant(other));
  }

  /** {@code this * other}, number by number. */
  default Term times(Operand<TFloat32> factor) {
    return of(tf(), tf().math.mul(this, factor));
  }

  /** {@code this * factor}. */
  default Term times(double factor) {
    return times(constant(factor));
  }

  /** {@code this / divisor}, number by number. */
  default Term over(Operand<TFloat32> divisor) {
    return of(tf(), tf().math.div(this, divisor));
  }

  /** {@code -this}. */
  default Term negated() {
    return of(tf(), tf().math.neg(this));
  }

  /** {@code this^2}, number by number. */
  default Term squared() {
    return of(tf(), tf().math.square(this));
  }

  /** The square root of each number. */
  default Term root() {
    return of(tf(), tf().math.sqrt(this));
  }

  /** {@code e^this}, number by number. */
  default Term exp() {
    return of(tf(), tf().math.exp(this));
  }

  /** The natural logarithm of each number. */
  default Term log() {
    return of(tf(), tf().math.log(this));
  }

  /** The absolute value of each number. */
  default Term abs() {
    return of(tf(), tf().math.abs(this));
  }

  /** The larger of two numbers, number by number. */
  default Term max(Operand<TFloat32> other) {
    return of(tf(), tf().math.maximum(this, other));
  }

  /** The larger of two numbers. */
  default Term max(double other) {
    return max(constant(other));
  }

  /** The smaller of two numbers, number by number. */
  default Term min(Operand<TFloat32> other) {
    return of(tf(), tf().math.minimum(this, other));
  }

  /** The smaller of two numbers. */
  default Term min(double other) {
    return min(constant(other));
  }

  /**
   * This vector [B] or [1], reshaped so that it multiplies a tensor [B, ...] example by example.
   *
   * @param like the tensor it is to be multiplied with; its rank must be known
   */
  default Term along(Operand<TFloat32> like) {
    int[] shape = new int[like.shape().numDimensions()];
    Arrays.fill(shape, 1);
    shape[0] = -1;
    return of(tf(), tf().reshape(this, tf().constant(shape)));
  }

  private Operand<TFloat32> constant(double value) {
    return tf().constant((float) value);
  }
}
