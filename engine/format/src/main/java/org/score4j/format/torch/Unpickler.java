package org.score4j.format.torch;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the part of Python's pickle format that files of weights are made of, and nothing else.
 *
 * <p>A pickle is a program for a stack machine that may call any function of Python. Here it can
 * call none: the {@link Globals} it may name are a short list of constructors of plain data, each
 * written anew in Java, and whatever else it asks for ends the reading. Lists, dictionaries,
 * tuples, text and numbers become {@link List}, {@link Map}, {@link Tuple}, {@link String}, {@link
 * Long}, {@link Double} and {@link Boolean}.
 */
public final class Unpickler {

  /** Python's None. */
  enum None {
    NONE
  }

  /** An object of which nothing is kept. */
  enum Inert {
    INERT
  }

  /** Python's tuple. */
  public record Tuple(List<Object> items) {
    public Tuple {
      items = List.copyOf(items);
    }
  }

  /** A function or class, by name. */
  public record Global(String module, String name) {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** What a pickle may name and call. */
  interface Globals {
    /** Whether a pickle may name this. */
    boolean allows(Global global);

    /**
     * The result of a call.
     *
     * @throws IllegalArgumentException if these are no arguments for it
     */
    Object call(Global global, List<Object> arguments);

    /** Gives an object that a call made the rest of its state. */
    void complete(Object object, Object state);
  }

  /** What stands on the stack below the items of a list, a tuple or a dictionary. */
  private enum Mark {
    MARK
  }

  private static final int MAX_NUMBER_BYTES = 255;

  private final ByteBuffer data;
  private final Globals globals;
  private final Function<Object, Object> persistent;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  /**
   * A reader of one pickle.
   *
   * @param globals what it may name
   * @param persistent finds what is stored outside the pickle
   */
  Unpickler(ByteBuffer data, Globals globals, Function<Object, Object> persistent) {
    this.data = data.order(ByteOrder.LITTLE_ENDIAN);
    this.globals = globals;
    this.persistent = persistent;
  }

  /**
   * The object that was pickled.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  Object read() {
    while (data.hasRemaining()) {
      char opcode = (char) (data.get() & 0xff);
      try {
        if (opcode == '.') {
          return pop();
        }
        execute(opcode);
      } catch (BufferUnderflowException e) {
        throw new IllegalArgumentException("the pickle ends in the middle of an instruction");
      }
    }
    throw new IllegalArgumentException("the pickle has no end");
  }

  private void execute(char opcode) {
    switch (opcode) {
      case 0x80 -> protocol();
      case '(' -> stack.push(Mark.MARK);
      case '0' -> pop();
      case '1' -> toMark();
      case '2' -> stack.push(top());
      case 'N' -> stack.push(None.NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'J' -> stack.push((long) data.getInt());
      case 'K' -> stack.push(data.get() & 0xffL);
      case 'M' -> stack.push(data.getShort() & 0xffffL);
      case 0x8a -> stack.push(longNumber(data.get() & 0xff));
      case 0x8b -> stack.push(longNumber(data.getInt()));
      case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(data.getLong())));
      case 'X' -> stack.push(text(data.getInt()));
      case 0x8c -> stack.push(text(data.get() & 0xff));
      case 'C', 'U' -> stack.push(text(data.get() & 0xff));
      case 'B', 'T' -> stack.push(text(data.getInt()));
      case ')' -> stack.push(new Tuple(List.of()));
      case 0x85 -> stack.push(new Tuple(last(1)));
      case 0x86 -> stack.push(new Tuple(last(2)));
      case 0x87 -> stack.push(new Tuple(last(3)));
      case 't' -> stack.push(new Tuple(toMark()));
      case ']' -> stack.push(new ArrayList<Object>());
      case '}' -> stack.push(new LinkedHashMap<Object, Object>());
      case 0x8f -> stack.push(Inert.INERT);
      case 0x90 -> toMark();
      case 0x91 -> {
        toMark();
        stack.push(Inert.INERT);
      }
      case 'a' -> append(last(1));
      case 'e' -> append(toMark());
      case 's' -> put(last(2));
      case 'u' -> put(toMark());
      case 'q' -> memo.put(data.get() & 0xff, top());
      case 'r' -> memo.put(data.getInt(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> stack.push(memorised(data.get() & 0xff));
      case 'j' -> stack.push(memorised(data.getInt()));
      case 'c' -> stack.push(global(line(), line()));
      case 0x93 -> {
        List<Object> names = last(2);
        stack.push(global(as(String.class, names.get(0)), as(String.class, names.get(1))));
      }
      case 'R', 0x81 -> stack.push(called(last(2)));
      case 0x92 -> stack.push(called(last(3)));
      case 'b' -> {
        Object state = pop();
        globals.complete(top(), state);
      }
      case 'Q' -> stack.push(persistent.apply(pop()));
      case 0x95 -> frame(data.getLong());
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "the pickle has the instruction 0x%02x, which files of weights do not need",
                  (int) opcode));
    }
  }

  /**
   * Calls a function, or makes an object of a class; what inert objects are called for is inert.
   */
  private Object called(List<Object> call) {
    if (call.get(0) == Inert.INERT) {
      return Inert.INERT;
    }
    return globals.call(as(Global.class, call.get(0)), as(Tuple.class, call.get(1)).items());
  }

  private void protocol() {
    int version = data.get() & 0xff;
    if (version < 2 || version > 5) {
      throw new IllegalArgumentException("the pickle is of protocol " + version);
    }
  }

  private Object longNumber(int bytes) {
    if (bytes < 0 || bytes > MAX_NUMBER_BYTES) {
      throw new IllegalArgumentException("the pickle has a number of " + bytes + " bytes");
    }
    if (bytes > Long.BYTES) {
      byte[] number = new byte[bytes];
      for (int i = bytes - 1; i >= 0; i--) {
        number[i] = data.get();
      }
      return new BigInteger(number);
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (data.get() & 0xffL) << 8 * i;
    }
    int unused = Long.SIZE - 8 * bytes;
    return bytes == 0 ? 0L : value << unused >> unused;
  }

  private void frame(long bytes) {
    if (bytes < 0 || bytes > data.remaining()) {
      throw new IllegalArgumentException("the pickle has a frame of " + bytes + " bytes");
    }
  }

  private String text(int bytes) {
    if (bytes < 0 || bytes > data.remaining()) {
      throw new IllegalArgumentException("the pickle has a text of " + bytes + " bytes");
    }
    byte[] text = new byte[bytes];
    data.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (char c = (char) data.get(); c != '\n'; c = (char) data.get()) {
      line.append(c);
    }
    return line.toString();
  }

  private Global global(String module, String name) {
    Global global = new Global(module, name);
    if (!globals.allows(global)) {
      throw new IllegalArgumentException(
          "asks for " + global + ", which no file of weights needs; nothing of it was run");
    }
    return global;
  }

  private Object memorised(int key) {
    Object value = memo.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the pickle refers to its value " + key + " too early");
    }
    return value;
  }

  private Object pop() {
    if (stack.isEmpty()) {
      throw new IllegalArgumentException("the pickle takes more than it has");
    }
    return stack.pop();
  }

  private Object top() {
    Object top = pop();
    stack.push(top);
    return top;
  }

  private List<Object> last(int count) {
    Object[] items = new Object[count];
    for (int i = count - 1; i >= 0; i--) {
      items[i] = pop();
    }
    return List.of(items);
  }

  private List<Object> toMark() {
    List<Object> items = new ArrayList<>();
    for (Object item = pop(); item != Mark.MARK; item = pop()) {
      items.add(item);
    }
    Collections.reverse(items);
    return items;
  }

  private void append(List<Object> items) {
    if (top() == Inert.INERT) {
      return;
    }
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) as(ArrayList.class, top());
    list.addAll(items);
  }

  private void put(List<Object> items) {
    if (items.size() % 2 != 0) {
      throw new IllegalArgumentException("the pickle has a key without a value");
    }
    if (top() == Inert.INERT) {
      return;
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) as(LinkedHashMap.class, top());
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      // Keys are hashed: anything nested could be made to take forever.
      if (key instanceof Tuple || key instanceof List || key instanceof Map || key == Mark.MARK) {
        throw new IllegalArgumentException(
            "the pickle has a key that is neither text nor a number");
      }
      map.put(key, items.get(i + 1));
    }
  }

  private static <T> T as(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "the pickle has a "
              + value.getClass().getSimpleName()
              + " where it needs a "
              + type.getSimpleName());
    }
    return type.cast(value);
  }
}
