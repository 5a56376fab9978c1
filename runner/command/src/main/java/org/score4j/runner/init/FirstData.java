package org.score4j.runner.init;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.examples.Standardizing;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.node.ObjectNode;

/**
 * Data as a first recipe reads them: with the keys that they need, and no others.
 *
 * @param source the data set with its keys
 * @param notes what these keys do to the data, for the user; possibly empty
 */
public record FirstData(ObjectNode source, List<String> notes) {
  private static final String RECORDS = "tfrecord";
  private static final Set<String> RESIZABLE = Set.of("image-folder", "zip", RECORDS);
  private static final String CHANNELS = "channels";
  private static final long LOOKED_AT = 200;

  /** Opens data with the keys that they have so far. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opened data, to be closed by the caller.
     *
     * @throws InvalidValueException if they cannot be opened with these keys
     */
    Examples open(ObjectNode source);
  }

  /** Copies the list. */
  public FirstData {
    notes = List.copyOf(notes);
  }

  /**
   * Looks at data, and adds the keys they need.
   *
   * @param source the data set with its path alone
   * @throws InvalidValueException if no keys make the data readable
   */
  public static FirstData of(ObjectNode source, Opener opener) {
    try {
      return ofAll(source, opener);
    } catch (InvalidValueException e) {
      if (source.get("type").asString().equals(RECORDS)) {
        ObjectNode raw = source.deepCopy().put("image", "data").put("content", "channels-first");
        try {
          return ofAll(raw, opener).with("records are read as StyleGAN writes them");
        } catch (InvalidValueException other) {
          return withoutBroken(source, opener).orElseThrow(() -> e);
        }
      }
      if (!RESIZABLE.contains(source.get("type").asString())) {
        throw e;
      }
      return withoutBroken(source, opener).orElseThrow(() -> e);
    }
  }

  /** A single damaged file must not keep anyone from starting; skipping it takes a key. */
  private static Optional<FirstData> withoutBroken(ObjectNode source, Opener opener) {
    try {
      FirstData rest = ofAll(source.deepCopy().put("broken", "skip"), opener);
      return Optional.of(
          rest.with("images that cannot be read are left out: \"broken\": \"skip\""));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private FirstData with(String first) {
    List<String> all = new ArrayList<>(notes);
    all.add(0, first);
    return new FirstData(source, all);
  }

  private static FirstData ofAll(ObjectNode source, Opener opener) {
    ObjectNode keys = source.deepCopy();
    List<String> notes = new ArrayList<>();
    layout(keys, opener).ifPresent(notes::add);
    try (Examples examples = opener.open(keys)) {
      if (RESIZABLE.contains(keys.get("type").asString())) {
        size(keys, examples, opener).ifPresent(notes::add);
      } else if (examples.pixels().isEmpty()) {
        floats(keys, examples).ifPresent(notes::add);
      }
    }
    if (keys.get("type").asString().equals(RECORDS)) {
      notes.add("no classes are read; \"label\" names their feature, \"classes\" their number");
    }
    return new FirstData(keys, notes);
  }

  private static Optional<String> layout(ObjectNode keys, Opener opener) {
    try {
      opener.open(keys).close();
      return Optional.empty();
    } catch (InvalidValueException e) {
      if (e.faults().stream().noneMatch(fault -> fault.component().endsWith("layout"))) {
        throw e;
      }
      keys.put("layout", "channels-first");
      return Optional.of(
          "its axes are taken as channels, height, width: \"layout\": \"channels-first\"");
    }
  }

  /** Channels that differ, and sizes that differ or that a network cannot take, are changed. */
  private static Optional<String> size(ObjectNode keys, Examples examples, Opener opener) {
    boolean alike = unreadable(examples).isEmpty();
    if (!alike && unreadable(keys.deepCopy().put(CHANNELS, 3), opener).isEmpty()) {
      alike = true;
      keys.put(CHANNELS, 3);
    }
    Shape first = examples.shape();
    Optional<FirstSize> size = FirstSize.of(first.get(0), first.get(1), alike);
    if (size.isEmpty()) {
      return keys.has(CHANNELS)
          ? Optional.of("images differ in channels: \"channels\": 3 converts all")
          : Optional.empty();
    }
    size.get().addTo(keys);
    if (!alike && unreadable(keys, opener).isPresent()) {
      keys.put(CHANNELS, 3);
      unreadable(keys, opener)
          .ifPresent(
              broken -> {
                throw broken;
              });
    }
    return Optional.of(
        (alike
                ? "images of " + shown(first.get(0), first.get(1)) + " are "
                : "images differ in size or channels, and are ")
            + "cropped and scaled to "
            + shown(size.get().height(), size.get().width())
            + (keys.has(CHANNELS) ? " with 3 channels" : "")
            + (alike ? size.get().reason() : "")
            + "; \"size\" chooses");
  }

  private static Optional<InvalidValueException> unreadable(ObjectNode keys, Opener opener) {
    try (Examples examples = opener.open(keys)) {
      return unreadable(examples);
    }
  }

  private static String shown(long height, long width) {
    return height + " x " + width;
  }

  /** What is wrong with the first of some examples that cannot be read. */
  private static Optional<InvalidValueException> unreadable(Examples examples) {
    long size = examples.size().orElse(0);
    long count = Math.min(LOOKED_AT, size);
    var buffer = ByteBuffer.allocate(Math.toIntExact(examples.shape().size()));
    return LongStream.range(0, count)
        .map(n -> n * size / count)
        .mapToObj(
            n -> {
              try {
                examples.read(n, buffer.clear());
                return Optional.<InvalidValueException>empty();
              } catch (InvalidValueException e) {
                return Optional.of(e);
              }
            })
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> floats(ObjectNode keys, Examples examples) {
    Standardizing.Range range = Standardizing.range(examples);
    if (examples.shape().numDimensions() == 3 && range.isOfBytes()) {
      keys.put("quantize", true);
      return Optional.of(
          "images of floats from " + range + " are read as 8-bit pixels: \"quantize\": true");
    }
    return Optional.of(
        "numbers from "
            + range
            + ", which training standardizes; samples are in the data's own units");
  }
}
