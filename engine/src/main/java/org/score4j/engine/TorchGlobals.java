package org.score4j.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.engine.Unpickler.Global;
import org.score4j.engine.Unpickler.Tuple;

/**
 * What a pickle of PyTorch may name: tensors, their storages, ordered dictionaries, and the scalars
 * of numpy that end up among an optimizer's settings.
 */
final class TorchGlobals implements Unpickler.Globals {
  private static final Global ORDERED = new Global("collections", "OrderedDict");
  private static final Global SIZE = new Global("torch", "Size");
  private static final Global TENSOR = new Global("torch._utils", "_rebuild_tensor_v2");
  private static final Global PARAMETER = new Global("torch._utils", "_rebuild_parameter");
  private static final Global ENCODE = new Global("_codecs", "encode");
  private static final Global DTYPE = new Global("numpy", "dtype");
  private static final Set<Global> SCALARS =
      Set.of(
          new Global("numpy.core.multiarray", "scalar"),
          new Global("numpy._core.multiarray", "scalar"));
  private static final Set<Global> CALLABLE =
      Set.of(ORDERED, SIZE, TENSOR, PARAMETER, ENCODE, DTYPE);

  /** The element types of storages. */
  private static final Map<String, ElementType> STORAGES =
      Map.of(
          "FloatStorage", new ElementType(4, Optional.of(FloatFormat.FLOAT32)),
          "DoubleStorage", new ElementType(8, Optional.of(FloatFormat.FLOAT64)),
          "HalfStorage", new ElementType(2, Optional.of(FloatFormat.FLOAT16)),
          "BFloat16Storage", new ElementType(2, Optional.of(FloatFormat.BFLOAT16)),
          "LongStorage", new ElementType(8, Optional.empty()),
          "IntStorage", new ElementType(4, Optional.empty()),
          "ShortStorage", new ElementType(2, Optional.empty()),
          "CharStorage", new ElementType(1, Optional.empty()),
          "ByteStorage", new ElementType(1, Optional.empty()),
          "BoolStorage", new ElementType(1, Optional.empty()));

  /**
   * The type of a storage's elements.
   *
   * @param bytes of one of them
   * @param format empty for whole numbers
   */
  record ElementType(int bytes, Optional<FloatFormat> format) {}

  /**
   * A tensor's numbers, in an entry of the archive that is called {@code key}.
   *
   * @param count how many there are
   */
  record Storage(ElementType type, String key, long count) {}

  /** A view of a storage; every index it can reach has been checked. */
  record Tensor(Storage storage, long offset, long[] shape, long[] strides) {}

  /** A number of numpy's, whose value nobody here asks for. */
  private enum Number {
    NUMBER
  }

  /** The type of the element that a storage's class holds; empty if it is none. */
  static Optional<ElementType> elementType(Global global) {
    return global.module().equals("torch")
        ? Optional.ofNullable(STORAGES.get(global.name()))
        : Optional.empty();
  }

  @Override
  public boolean allows(Global global) {
    return CALLABLE.contains(global) || SCALARS.contains(global) || elementType(global).isPresent();
  }

  @Override
  public Object call(Global global, List<Object> arguments) {
    if (global.equals(ORDERED) && arguments.isEmpty()) {
      return new LinkedHashMap<Object, Object>();
    }
    if (global.equals(SIZE) && arguments.size() == 1) {
      return arguments.get(0);
    }
    if (global.equals(TENSOR) && arguments.size() >= 6) {
      return tensor(arguments);
    }
    if (global.equals(PARAMETER) && arguments.size() == 3) {
      return arguments.get(0);
    }
    if (global.equals(ENCODE) || global.equals(DTYPE) || SCALARS.contains(global)) {
      return Number.NUMBER;
    }
    throw new IllegalArgumentException(
        "calls " + global + " with " + arguments.size() + " arguments");
  }

  /** Attributes, such as the versions that a state dictionary carries, are passed over. */
  @Override
  public void complete(Object object, Object state) {}

  private static Tensor tensor(List<Object> arguments) {
    if (!(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(1) instanceof Long offset)
        || !(arguments.get(2) instanceof Tuple size)
        || !(arguments.get(3) instanceof Tuple stride)) {
      throw new IllegalArgumentException(
          "has a tensor that is not made of storage, size and stride");
    }
    long[] shape = numbers(size);
    long[] strides = numbers(stride);
    boolean empty = false;
    long last = offset;
    boolean sound = offset >= 0 && shape.length == strides.length;
    try {
      for (int i = 0; sound && i < shape.length; i++) {
        sound = shape[i] >= 0 && strides[i] >= 0;
        empty |= shape[i] == 0;
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), strides[i]));
      }
    } catch (ArithmeticException e) {
      sound = false;
    }
    if (!sound || !empty && last >= storage.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "has a tensor of size %s, stride %s and offset %d in a storage of %d numbers",
              Arrays.toString(shape),
              Arrays.toString(strides),
              offset,
              storage.count()));
    }
    return new Tensor(storage, offset, shape, strides);
  }

  private static long[] numbers(Tuple tuple) {
    long[] numbers = new long[tuple.items().size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(tuple.items().get(i) instanceof Long number)) {
        throw new IllegalArgumentException("has a tensor whose size or stride is not a number");
      }
      numbers[i] = number;
    }
    return numbers;
  }
}
