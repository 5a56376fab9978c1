package org.score4j.model;

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
public record ReferenceWeight(String path, List<String> sources, Layout layout) {

  /** Keeps a copy of the list. */
  public ReferenceWeight {
    sources = List.copyOf(sources);
  }

  /** The order of a tensor's axes in PyTorch code, where ours is [h, w, in, out] and [in, out]. */
  public enum Layout {
    /** [out, in, h, w] or [out, in]. */
    OUT_IN,

    /** [in, out] or a vector: the order of the values is ours. */
    IN_OUT
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
    int width = last / sources.size();
    int rows = (int) (shape.size() / last);
    int inputs = shape.numDimensions() < 2 ? 1 : (int) shape.get(shape.numDimensions() - 2);
    int pixels = rows / inputs;
    float[] values = new float[rows * last];
    for (int s = 0; s < sources.size(); s++) {
      float[] tensor = tensors.apply(sources.get(s));
      if (tensor.length != rows * width || width * sources.size() != last) {
        throw new IllegalArgumentException(
            sources.get(s) + " has " + tensor.length + " values, " + path + " wants " + shape);
      }
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int in = 0; in < inputs; in++) {
          for (int out = 0; out < width; out++) {
            int from =
                switch (layout) {
                  case OUT_IN -> (out * inputs + in) * pixels + pixel;
                  case IN_OUT -> (pixel * inputs + in) * width + out;
                };
            values[(pixel * inputs + in) * last + s * width + out] = tensor[from];
          }
        }
      }
    }
    return values;
  }
}
