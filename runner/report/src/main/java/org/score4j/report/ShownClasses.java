package org.score4j.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.score4j.format.TensorFile;
import org.score4j.label.ClassColumns;
import org.score4j.sampling.ScoreRequest;

/**
 * The order in which a page shows samples of several classes: as they are if classes take turns, so
 * that each has a column; else sorted by class.
 *
 * @param given the class of each sample; empty if there are none
 * @param columns one for each class; 0 if classes do not take turns
 */
record ShownClasses(int[] given, int columns) {
  private static final int MOST_NAMES = 12;

  /** The classes of a file of so many samples. */
  static ShownClasses of(TensorFile file, long count) {
    if (!file.contains(ScoreRequest.LABELS) || file.shape(ScoreRequest.LABELS).size() != count) {
      return new ShownClasses(new int[0], 0);
    }
    double[] numbers = file.numbers(ScoreRequest.LABELS, 0, Math.toIntExact(count));
    int[] labels = Arrays.stream(numbers).mapToInt(label -> (int) label).toArray();
    return new ShownClasses(labels, ClassColumns.of(labels).orElse(0));
  }

  /** The same of the first samples. */
  ShownClasses first(int count) {
    return new ShownClasses(Arrays.copyOf(given, Math.min(given.length, count)), columns);
  }

  private List<Integer> order() {
    Comparator<Integer> byClass = Comparator.comparingInt(n -> given[n]);
    return IntStream.range(0, given.length)
        .boxed()
        .sorted(columns > 0 ? Comparator.naturalOrder() : byClass)
        .toList();
  }

  /** The classes in the order in which samples are shown. */
  int[] labels() {
    return order().stream().mapToInt(n -> given[n]).toArray();
  }

  /** Samples in this order. */
  float[] sorted(float[] samples) {
    if (given.length == 0 || columns > 0) {
      return samples;
    }
    int size = samples.length / given.length;
    float[] sorted = new float[samples.length];
    int next = 0;
    for (int n : order()) {
      System.arraycopy(samples, n * size, sorted, next++ * size, size);
    }
    return sorted;
  }

  /** What to know of the order; blank if there is none. */
  String note(List<String> names) {
    int[] distinct = IntStream.of(labels()).distinct().toArray();
    if (distinct.length == 0) {
      return "";
    }
    String which =
        distinct.length > MOST_NAMES
            ? ""
            : IntStream.of(distinct)
                .mapToObj(c -> c >= 0 && c < names.size() ? names.get(c) : Integer.toString(c))
                .collect(Collectors.joining(", ", ": ", ""));
    if (distinct.length == 1) {
      return "All are of one class" + which + ".";
    }
    return (columns > 0 ? "Each column is a class" : "Sorted by class") + which + ".";
  }
}
