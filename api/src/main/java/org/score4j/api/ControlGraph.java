package org.score4j.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What a {@link Control} is made from. */
public interface ControlGraph {

  /** Where the control adds its operations. */
  Ops tf();

  /** The forward process. */
  Sde sde();

  /** Shape of the state [B, ...], fully known. */
  Shape shape();

  /** What the model is told of the samples. */
  Condition condition();

  /** The field to be wrapped: that of the model, wrapped by the controls before this one. */
  ScoreField field();

  /**
   * The same under other conditions, in their order. Asked at one {@code x} and level, they share
   * one evaluation of the model, of as many batches as there are conditions.
   *
   * @param conditions all labelled, or none
   */
  List<ScoreField> fields(List<Condition> conditions);

  /** The number of each sample, [B]: from 0 on, whatever the batches. */
  Operand<TInt64> numbers();

  /**
   * Standard normal numbers of the state's shape, as {@link SamplerGraph#noise()} gives them. In
   * {@link Control#state} they are others at each evaluation at {@link SamplerGraph#state()}, and
   * for another register the same throughout a draw: what an adaptive method evaluates there is
   * compared to estimate its error.
   */
  Operand<TFloat32> noise();

  /** How bytes become numbers when the data are 8-bit images; the unit range if they are not. */
  PixelRange pixels();

  /**
   * The standardization of the data that the model was trained on, which is that of the state;
   * empty if it was trained on data as they are.
   */
  default Optional<Standardization> standardization() {
    return Optional.empty();
  }

  /**
   * An example of the data that the model was trained on.
   *
   * @param number from 0
   * @return as the model sees it, row-major
   * @throws InvalidValueException if there is none of that number
   */
  float[] example(long number);

  /**
   * Examples in a file as the runner writes samples, in the units of the data.
   *
   * @param file in the format safetensors, with a float32 tensor {@code samples}
   * @param shape of one example
   * @return each row-major
   * @throws InvalidValueException if there are none of that shape
   */
  default List<float[]> tensors(Path file, Shape shape) {
    return tensors(file, "samples", shape);
  }

  /**
   * A tensor [N, ...] in a file, in parts along its first axis.
   *
   * @param file in the format safetensors
   * @param name of the tensor, of numbers or truth values
   * @param shape of one part; a last axis of size 1 may be missing in the file
   * @return each row-major
   * @throws InvalidValueException if there is none of that name and shape
   */
  List<float[]> tensors(Path file, String name, Shape shape);

  /**
   * The trained classifier of a run.
   *
   * @param run its folder
   * @throws InvalidValueException if there is none, or it does not suit the data
   */
  ClassLogits classifier(Path run);
}
