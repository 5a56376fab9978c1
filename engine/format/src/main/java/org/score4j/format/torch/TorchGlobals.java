package org.score4j.format.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.format.FloatFormat;
import org.score4j.format.torch.Unpickler.Global;
import org.score4j.format.torch.Unpickler.Tuple;

/**
 * What a pickle of PyTorch may name: tensors, their storages, dictionaries, the scalars of numpy
 * that end up among an optimizer's settings, and the {@link TorchSettings} that trainers save
 * beside them.
 */
public final class TorchGlobals implements Unpickler.Globals {
  /** A new one. */
  public TorchGlobals() {}

  private static final Global ORDERED = new Global("collections", "OrderedDict");
  private static final Global SIZE = new Global("torch", "Size");
  private static final Global TENSOR = new Global("torch._utils", "_rebuild_tensor_v2");
  private static final Global FIRST_TENSOR = new Global("torch._utils", "_rebuild_tensor");
  private static final Set<Global> PARAMETERS =
      Set.of(
          new Global("torch._utils", "_rebuild_parameter"),
          new Global("torch._utils", "_rebuild_parameter_with_state"));
  private static final Global ENCODE = new Global("_codecs", "encode");
  private static final Global DTYPE = new Global("numpy", "dtype");
  private static final Set<Global> SCALARS =
      Set.of(
          new Global("numpy.core.multiarray", "scalar"),
          new Global("numpy._core.multiarray", "scalar"));
  private static final Set<Global> DICTIONARIES =
      Set.of(
          ORDERED,
          new Global("collections", "defaultdict"),
          new Global("builtins", "dict"),
          new Global("__builtin__", "dict"));
  private static final Set<Global> CALLABLE =
      Stream.of(Set.of(SIZE, TENSOR, FIRST_TENSOR, ENCODE, DTYPE), PARAMETERS, DICTIONARIES)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

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
  public record ElementType(int bytes, Optional<FloatFormat> format) {}

  /**
   * Numbers of tensors, or part of them.
   *
   * @param key by which the file knows them
   * @param count how many the whole storage has
   * @param first index of the first that tensors see
   * @param seen how many they see
   */
  public record Storage(ElementType type, String key, long count, long first, long seen) {
    Storage whole() {
      return new Storage(type, key, count, 0, count);
    }
  }

  /** A view of a storage; every index it can reach has been checked. */
  public record Tensor(Storage storage, long offset, long[] shape, long[] strides) {}

  /** The type of the element that a storage's class holds; empty if it is none. */
  private static Optional<ElementType> elementType(Global global) {
    return global.module().equals("torch") || global.module().equals("torch.cuda")
        ? Optional.ofNullable(STORAGES.get(global.name()))
        : Optional.empty();
  }

  /**
   * The storage that {@code ("storage", class, key, device, count)} stands for; before PyTorch 1.6
   * there may be a view of it besides, {@code (key of the view, first, count)}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Storage storage(Object id) {
    if (!(id instanceof Tuple tuple)
        || tuple.items().size() < 5
        || !"storage".equals(tuple.items().get(0))
        || !(tuple.items().get(1) instanceof Global global)
        || !(tuple.items().get(2) instanceof String key)
        || !(tuple.items().get(4) instanceof Long count)) {
      throw new IllegalArgumentException(
          id instanceof Tuple tuple
                  && !tuple.items().isEmpty()
                  && "module".equals(tuple.items().get(0))
              ? "holds a whole network with its code; write its tensors alone:"
                  + " torch.save(network.state_dict(), NEW)"
              : "has a storage that is not named as torch.save does");
    }
    ElementType type =
        elementType(global)
            .orElseThrow(() -> new IllegalArgumentException("has a storage of " + global));
    Storage whole = new Storage(type, key, count, 0, count);
    return tuple.items().size() > 5 && tuple.items().get(5) instanceof Tuple view
        ? view(whole, view.items())
        : whole;
  }

  private static Storage view(Storage whole, List<Object> view) {
    if (view.size() != 3
        || !(view.get(1) instanceof Long first)
        || !(view.get(2) instanceof Long seen)
        || first < 0
        || seen < 0
        || first > whole.count() - seen) {
      throw new IllegalArgumentException("has a view " + view + " beyond its storage");
    }
    return new Storage(whole.type(), whole.key(), whole.count(), first, seen);
  }

  @Override
  public boolean allows(Global global) {
    return CALLABLE.contains(global)
        || SCALARS.contains(global)
        || elementType(global).isPresent()
        || TorchSettings.contains(global);
  }

  @Override
  public Object call(Global global, List<Object> arguments) {
    if (DICTIONARIES.contains(global)) {
      return dictionary(arguments);
    }
    if (global.equals(SIZE) && arguments.size() == 1) {
      return arguments.get(0);
    }
    if (global.equals(TENSOR) && arguments.size() >= 6
        || global.equals(FIRST_TENSOR) && arguments.size() == 4) {
      return tensor(arguments);
    }
    if (PARAMETERS.contains(global) && arguments.size() >= 3) {
      return arguments.get(0);
    }
    if (global.equals(ENCODE)
        || global.equals(DTYPE)
        || SCALARS.contains(global)
        || TorchSettings.contains(global)) {
      return Unpickler.Inert.INERT;
    }
    throw new IllegalArgumentException(
        "calls " + global + " with " + arguments.size() + " arguments");
  }

  /** Attributes, such as the versions that a state dictionary carries, are passed over. */
  @Override
  public void complete(Object object, Object state) {}

  /** Pairs may come as the argument; other arguments, such as a default, are of no interest. */
  private static Map<Object, Object> dictionary(List<Object> arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (!arguments.isEmpty() && arguments.get(0) instanceof List<?> pairs) {
      for (Object pair : pairs) {
        List<?> two = pair instanceof Tuple tuple ? tuple.items() : (List<?>) List.of();
        if (pair instanceof List<?> list) {
          two = list;
        }
        if (two.size() != 2 || !(two.get(0) instanceof String)) {
          throw new IllegalArgumentException("has a dictionary made of what are no pairs");
        }
        dictionary.put(two.get(0), two.get(1));
      }
    }
    return dictionary;
  }

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
    if (!sound || !empty && last >= storage.seen()) {
      throw new IllegalArgumentException(
          "has a tensor of size "
              + Arrays.toString(shape)
              + ", stride "
              + Arrays.toString(strides)
              + " and offset "
              + offset
              + " in a storage of "
              + storage.seen()
              + " numbers");
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
