package org.score4j.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/**
 * Where a parameter comes from in the weights that its authors published.
 *
 * @param path of the parameter, such as {@code down0/block1/conv1/kernel}
 * @param references names of the authors' tensors, such as {@code all_modules.4.Conv_1.weight};
 *     several are joined along the last axis of the parameter
 * @param layout of each of them
 */
public record ReferenceWeight(List<String> references, String path, Layout layout) {

  /** Keeps a copy of the list. */
  public ReferenceWeight {
    references = List.copyOf(references);
  }

  /** A parameter that comes from one tensor. */
  public ReferenceWeight(String reference, String path, Layout layout) {
    this(List.of(reference), path, layout);
  }

  /** The order of a tensor's axes in the authors' code. */
  public enum Layout {
    /** As here. */
    SAME,

    /** [in, out], of which we make a 1x1 kernel [1, 1, in, out]. */
    MATRIX,

    /** [out, in, h, w], or [out, in]. */
    OIHW,

    /** [out, in], of which we make a 1x1 kernel [1, 1, in, out]. */
    LINEAR
  }

  /**
   * The parameter's values.
   *
   * @param tensors gives an author's tensor, row-major, by its name
   * @param shape of the parameter
   * @throws IllegalArgumentException if the tensors' sizes do not make up the shape
   */
  public float[] values(Function<String, float[]> tensors, Shape shape) {
    var axes = axes(shape);
    float[] values = new float[(int) shape.size()];
    for (int s = 0; s < references.size(); s++) {
      float[] tensor = tensors.apply(references.get(s));
      if (tensor.length != axes.size() || axes.size() * references.size() != values.length) {
        throw new IllegalArgumentException(
            references.get(s) + " has " + tensor.length + " values, " + path + " wants " + shape);
      }
      axes.forEach(s, (here, there) -> values[here] = tensor[there]);
    }
    return values;
  }

  /**
   * The authors' tensors, row-major, by their names: the inverse of {@link #values}.
   *
   * @param values of the parameter, row-major
   * @param shape of the parameter
   */
  public Map<String, float[]> tensors(float[] values, Shape shape) {
    var axes = axes(shape);
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (int s = 0; s < references.size(); s++) {
      float[] tensor = new float[axes.size()];
      axes.forEach(s, (here, there) -> tensor[there] = values[here]);
      tensors.put(references.get(s), tensor);
    }
    return tensors;
  }

  /** Shape of each of the authors' tensors for a parameter of that shape. */
  public Shape referenceShape(Shape shape) {
    var axes = axes(shape);
    return switch (layout) {
      case SAME -> shape.take(shape.numDimensions() - 1).append(axes.width);
      case MATRIX -> Shape.of(axes.inputs, axes.width);
      case LINEAR -> Shape.of(axes.width, axes.inputs);
      case OIHW -> Shape.of(axes.width, axes.inputs).append(shape.take(shape.numDimensions() - 2));
    };
  }

  private Axes axes(Shape shape) {
    int last = (int) shape.get(-1);
    int inputs = shape.numDimensions() < 2 ? 1 : (int) shape.get(-2);
    int pixels = (int) (shape.size() / last / inputs);
    return new Axes(layout, pixels, inputs, last / references.size(), last);
  }

  private interface Pairing {
    void of(int here, int there);
  }

  /** A parameter [pixels, inputs, last], of which a tensor makes up {@code width} of the last. */
  private record Axes(Layout layout, int pixels, int inputs, int width, int last) {
    int size() {
      return pixels * inputs * width;
    }

    void forEach(int tensor, Pairing pairing) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int in = 0; in < inputs; in++) {
          for (int out = 0; out < width; out++) {
            int there =
                switch (layout) {
                  case OIHW, LINEAR -> (out * inputs + in) * pixels + pixel;
                  case SAME, MATRIX -> (pixel * inputs + in) * width + out;
                };
            pairing.of((pixel * inputs + in) * last + tensor * width + out, there);
          }
        }
      }
    }
  }
}
