package org.score4j.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * TensorFlow operations that a graph may hold.
 *
 * @param names their types, such as {@code "Conv2D"}
 */
record AllowedOperations(Set<String> names) {
  private static final String LIST = "allowed-operations.txt";

  AllowedOperations {
    names = Set.copyOf(names);
  }

  /** Those that compute with tensors in memory and do nothing else. */
  static AllowedOperations pure() {
    try (InputStream list = AllowedOperations.class.getResourceAsStream(LIST)) {
      return new AllowedOperations(
          new String(list.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .flatMap(line -> Stream.of(line.split(" ")))
              .filter(name -> !name.isEmpty())
              .collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + LIST, e);
    }
  }

  /** The same and those by which a SavedModel reads its variables. */
  AllowedOperations andRestoring() {
    return and("RestoreV2", "Restore", "RestoreSlice");
  }

  /** The same and those by which a SavedModel would write its variables. */
  AllowedOperations andSaving() {
    return and("SaveV2", "MergeV2Checkpoints", "ShardedFilename", "ShardedFilespec");
  }

  private AllowedOperations and(String... others) {
    return new AllowedOperations(
        Stream.concat(names.stream(), Stream.of(others)).collect(Collectors.toSet()));
  }
}
