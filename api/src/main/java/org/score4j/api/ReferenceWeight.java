package org.score4j.api;

import java.util.List;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/**
 * Where a parameter comes from.
 *
 * @param path of the parameter, such as {@code down0/block1/conv1/kernel}
 * @param sources names of the authors' tensors, such as {@code all_modules.4.Conv_1.weight};
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
    /** As here: [h, w, in, out], [in, out] (of which we may make a 1x1 kernel), or a vector. */
    SAME,

    /** [out, in, h, w], or [out, in]. */
    OIHW
  }

  /**
   * The parameter's values.
   *
   * @param tensors gives an author's tensor, row-major, by its name
   * @param shape of the parameter
   * @throws IllegalArgumentException if the tensors' sizes do not make up the shape
   */
  public float[] values(Function<String, float[]> tensors, Shape shape) {
    int last = (int) shape.get(shape.numDimensions() - 1);
    int width = last / references.size();
    int rows = (int) (shape.size() / last);
    int inputs = shape.numDimensions() < 2 ? 1 : (int) shape.get(shape.numDimensions() - 2);
    int pixels = rows / inputs;
    float[] values = new float[rows * last];
    for (int s = 0; s < references.size(); s++) {
      float[] tensor = tensors.apply(references.get(s));
      if (tensor.length != rows * width || width * references.size() != last) {
        throw new IllegalArgumentException(
            references.get(s) + " has " + tensor.length + " values, " + path + " wants " + shape);
      }
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int in = 0; in < inputs; in++) {
          for (int out = 0; out < width; out++) {
            int from =
                switch (layout) {
                  case OIHW -> (out * inputs + in) * pixels + pixel;
                  case SAME -> (pixel * inputs + in) * width + out;
                };
            values[(pixel * inputs + in) * last + s * width + out] = tensor[from];
          }
        }
      }
    }
    return values;
  }
}
