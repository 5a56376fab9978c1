package org.score4j.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.score4j.api.InvalidValueException;

/**
 * An array in NumPy's format (numpy.lib.format, versions 1.0, 2.0 and 3.0), in C order, read by
 * position:
 *
 * <pre>
 *   "\x93NUMPY", uint8 major, uint8 minor, uint16 or uint32 length, little endian,
 *   {'descr': '&lt;f4', 'fortran_order': False, 'shape': (60000, 28, 28), },   values
 * </pre>
 *
 * @param type kind of the numbers and how many bytes each has, as in {@code f4}
 * @param order of the bytes of a number
 * @param extents at least one
 * @param start position of the first value
 */
record NpyFile(StoredFile file, String type, ByteOrder order, long[] extents, long start)
    implements AutoCloseable {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int MOST_EXTENTS = 32;

  /** Up to this much is read through for a fingerprint. */
  private static final long SMALL = 1 << 26;

  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z]\\d*(?:\\[[^\\]']*\\])?)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,L]*)\\)");

  /**
   * Opens an array.
   *
   * @param component the recipe key that led to the file, for errors
   * @param types what its numbers may be, as in {@code u1}
   * @throws InvalidValueException if it is no such array, or the file's length is not what its
   *     header says
   */
  static NpyFile open(String component, Path path, List<String> types) {
    StoredFile file = StoredFile.open(component, path);
    try {
      return read(file, types);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static NpyFile read(StoredFile file, List<String> types) {
    if (file.length() < 10 || !Arrays.equals(file.bytes(0, MAGIC.length), MAGIC)) {
      throw file.fault("no header of NumPy's", "must be an .npy file");
    }
    ByteBuffer start = ByteBuffer.wrap(file.bytes(6, 4)).order(ByteOrder.LITTLE_ENDIAN);
    int major = start.get();
    if (major < 1 || major > 3) {
      throw file.fault("version " + major, "must have version 1, 2 or 3");
    }
    int minor = start.get();
    if (minor != 0) {
      throw file.fault("version " + major + "." + minor, "must have version 1.0, 2.0 or 3.0");
    }
    boolean narrow = major == 1;
    long length =
        narrow
            ? Short.toUnsignedInt(start.getShort(2))
            : Integer.toUnsignedLong(
                ByteBuffer.wrap(file.bytes(8, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt());
    if (length > LONGEST_HEADER) {
      throw file.fault("a header of " + length + " bytes", "must have one of at most 65536");
    }
    int from = narrow ? 10 : 12;
    String header = new String(file.bytes(from, (int) length), StandardCharsets.UTF_8);
    Matcher type = TYPE.matcher(header);
    boolean known = type.find();
    if (!known || !types.contains(type.group(2))) {
      throw file.fault(
          known ? "values of type " + type.group(2) : "the header " + header.strip(),
          "must hold plain numbers of type "
              + String.join(", ", types)
              + "; "
              + remedy(known ? type.group(2) : "", types));
    }
    Matcher fortran = FORTRAN.matcher(header);
    if (!fortran.find() || fortran.group(1).equals("True")) {
      throw file.fault(
          "an array in Fortran's order",
          "must be in C order; np.save(file, np.ascontiguousarray(array)) writes it so");
    }
    checkNothingElse(file, header);
    var order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    var array = new NpyFile(file, type.group(2), order, extents(file, header), from + length);
    array.checkLength();
    return array;
  }

  /** How to save an array of another type; a structured one has none. */
  private static String remedy(String type, List<String> types) {
    boolean floats = types.contains("f4");
    String kind = type.isEmpty() ? "" : type.substring(0, 1);
    String array =
        switch (kind) {
          case "" -> "numpy.lib.recfunctions.structured_to_unstructured(array).astype(np.float32)";
          case "c" -> floats ? "np.stack([array.real, array.imag], -1).astype(np.float32)" : "";
          case "M", "m" -> floats ? "array.astype(np.int64).astype(np.float64)" : "";
          case "O" -> floats ? "np.stack(list(array)).astype(np.float32)" : "";
          case "U", "S" -> floats ? "array.astype(np.float32)" : "";
          default -> "array.astype(np." + (floats ? "float32" : "int64") + ")";
        };
    String classes = "np.unique(array, return_inverse=True)[1] makes classes of such values";
    String saved = array.isEmpty() ? classes : "np.save(file, " + array + ") writes such";
    return saved
        + switch (kind) {
          case "O" -> "; pickled objects are not read, as they can run programs";
          case "u", "i" ->
              floats
                  ? "; images of 8 bits need array.astype(np.uint8), of 16 bits np.round(array /"
                      + " 257).astype(np.uint8)"
                  : "";
          case "b" -> floats ? "; images need (array * 255).astype(np.uint8)" : "";
          default -> "";
        };
  }

  /** A header is a dictionary of exactly these three keys. */
  private static void checkNothingElse(StoredFile file, String header) {
    String rest = header;
    for (Pattern key : List.of(TYPE, FORTRAN, SHAPE)) {
      rest = key.matcher(rest).replaceFirst("");
    }
    if (!rest.matches("\\s*\\{[\\s,]*\\}\\s*")) {
      throw file.fault(
          "the header " + header.strip(),
          "must have the keys descr, fortran_order and shape once each, and no others");
    }
  }

  private static long[] extents(StoredFile file, String header) {
    Matcher shape = SHAPE.matcher(header);
    if (!shape.find()) {
      throw file.fault("the header " + header.strip(), "must say its shape");
    }
    List<String> parts =
        Stream.of(shape.group(1).split("[\\s,L]+")).filter(part -> !part.isEmpty()).toList();
    if (parts.isEmpty()
        || parts.size() > MOST_EXTENTS
        || !parts.stream().allMatch(part -> part.matches("0*[1-9]\\d{0,17}"))) {
      throw file.fault(
          "shape (" + shape.group(1) + ")", "must have at least one extent, each at least 1");
    }
    return parts.stream().mapToLong(Long::parseLong).toArray();
  }

  private void checkLength() {
    long available = file.length() - start;
    long needed = width();
    for (long extent : extents) {
      // By division, as the product may be beyond any number of bytes.
      needed = needed > available / extent ? Long.MAX_VALUE : needed * extent;
      if (needed == Long.MAX_VALUE) {
        break;
      }
    }
    if (needed != available) {
      throw file.fault(
          available + " bytes of values",
          "must hold as many values as its shape " + Arrays.toString(extents) + " says");
    }
  }

  /** Bytes of a number. */
  int width() {
    return type.charAt(1) - '0';
  }

  /** A floating-point number of a row. */
  double number(ByteBuffer row, int at) {
    return switch (width()) {
      case Short.BYTES -> Half.value(row.getShort(at * Short.BYTES));
      case Float.BYTES -> row.getFloat(at * Float.BYTES);
      default -> row.getDouble(at * Double.BYTES);
    };
  }

  /** How many rows there are: the first extent. */
  long rows() {
    return extents[0];
  }

  /** Bytes of a row: all numbers of one index of the first extent. */
  long rowBytes() {
    return (file.length() - start) / rows();
  }

  /** The numbers of a row, in the array's byte order. */
  ByteBuffer row(long index) {
    int bytes = (int) rowBytes();
    return ByteBuffer.wrap(file.bytes(start + index * bytes, bytes)).order(order);
  }

  /**
   * Adds what determines the content: all of it if that is little, else its ends and the time of
   * the last change, as reading a large file through takes too long.
   */
  void addTo(Fingerprint fingerprint) {
    fingerprint.with(type).with(order.toString()).with(extents.length);
    for (long extent : extents) {
      fingerprint.with(extent);
    }
    file.addTo(fingerprint, start, SMALL);
  }

  @Override
  public void close() {
    file.close();
  }
}
