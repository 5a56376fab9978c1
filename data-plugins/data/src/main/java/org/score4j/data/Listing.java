package org.score4j.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files of a folder or archive, with {@code /} between folders.
 *
 * @param images names of images, in the order of their characters
 * @param unusable images that are no plain files, or not to be read, with the reason
 * @param others files that are no images by their names
 * @param loops links to a folder that they lie in
 * @param folders names of the folders at the top, with images or without
 */
record Listing(
    List<String> images,
    List<Unusable> unusable,
    List<String> others,
    List<String> loops,
    List<String> folders) {
  private static final int SHOWN = 3;
  private static final int MOST_SHOWN = 20;

  /** An image that cannot be read, and why. */
  record Unusable(String name, String reason) {
    @Override
    public String toString() {
      return name + " (" + reason + ")";
    }
  }

  /**
   * What is to be said of files that are passed over.
   *
   * @param place the folder or archive
   */
  List<String> warnings(String place) {
    List<String> warnings = new ArrayList<>();
    if (!others.isEmpty()) {
      warnings.add(
          place
              + ": "
              + counted(others.size(), "file")
              + " without an image ending not read: "
              + shown(others, SHOWN)
              + kinds());
    }
    if (!loops.isEmpty()) {
      warnings.add(
          place + ": links to folders around them are not followed: " + shown(loops, SHOWN));
    }
    return warnings;
  }

  /** What is to be said of images that are left out, of all that there are. */
  static String skipped(String place, List<Unusable> broken, int all) {
    return place
        + ": skipped "
        + broken.size()
        + " of "
        + counted(all, "image")
        + " that cannot be read: "
        + shown(broken, MOST_SHOWN);
  }

  private String kinds() {
    TreeMap<String, Long> kinds =
        others.stream()
            .map(Listing::ending)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    if (kinds.size() == 1 || others.size() <= SHOWN) {
      return "";
    }
    return kinds.entrySet().stream()
        .sorted(Comparator.comparing(kind -> -kind.getValue()))
        .limit(SHOWN)
        .map(kind -> kind.getValue() + " " + kind.getKey())
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String ending(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "without an ending" : file.substring(dot).toLowerCase(Locale.ROOT);
  }

  private static String counted(int count, String what) {
    return count == 1 ? "1 " + what : count + " " + what + "s";
  }

  /** The first of some names. */
  static String shown(List<?> all, int most) {
    String some = all.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", "));
    return all.size() > most ? some + " and " + (all.size() - most) + " more" : some;
  }
}
