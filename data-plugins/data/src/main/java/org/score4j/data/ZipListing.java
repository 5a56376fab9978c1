package org.score4j.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.score4j.api.InvalidValueException;

/**
 * The files of a zip, by the names they would have in the unpacked folder: with {@code /} between
 * folders, and without the folders at the top that hold all of it.
 *
 * @param images entries of images by name, in the order of the names
 * @param json the labels, if there are any
 * @param others names of files that are no images
 * @param folders names of the folders at the top, with images or without
 */
record ZipListing(
    List<Item> images, Optional<ZipEntry> json, List<String> others, List<String> folders) {

  /** An entry and the name that it would have. */
  record Item(String name, ZipEntry entry) {}

  /**
   * Lists an archive.
   *
   * @throws InvalidValueException if two entries have the same name
   */
  static ZipListing of(String path, ZipFile zip) {
    Map<String, ZipEntry> files = new TreeMap<>();
    Set<String> folders = new TreeSet<>();
    zip.stream()
        .forEach(
            entry -> {
              List<String> parts = parts(entry.getName());
              if (parts.isEmpty() || parts.stream().anyMatch(FileNames::system)) {
                return;
              }
              String name = String.join("/", parts);
              if (entry.isDirectory() || entry.getName().endsWith("\\")) {
                folders.add(name + "/");
              } else if (files.put(name, entry) != null) {
                throw new InvalidValueException(
                    "path", path + ": two files " + name, "must have one file of each name");
              }
            });
    List<String> names = new ArrayList<>(files.keySet());
    String top = top(names);
    List<Item> images = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Optional<ZipEntry> json = Optional.empty();
    for (String whole : names) {
      String name = whole.startsWith(top) ? whole.substring(top.length()) : whole;
      if (name.equals(DatasetJson.NAME)) {
        json = Optional.of(files.get(whole));
      } else if (FileNames.image(name)) {
        images.add(new Item(name, files.get(whole)));
      } else {
        others.add(name);
      }
    }
    images.sort(Comparator.comparing(Item::name));
    return new ZipListing(
        List.copyOf(images), json, List.copyOf(others), folders(top, folders, files.keySet()));
  }

  /** The folders right below the top. */
  private static List<String> folders(String top, Set<String> folders, Set<String> files) {
    return Stream.concat(folders.stream(), files.stream())
        .filter(name -> name.startsWith(top))
        .map(name -> name.substring(top.length()))
        .filter(name -> name.contains("/"))
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct()
        .sorted()
        .toList();
  }

  /** What leads out of the folder, or to the root, is passed over, as by programs that unpack. */
  private static List<String> parts(String name) {
    return Stream.of(name.replace('\\', '/').split("/"))
        .filter(part -> !part.isEmpty() && !part.equals(".") && !part.equals(".."))
        .collect(Collectors.toList());
  }

  /** The folders that hold all images, and labels if there are any. */
  private static String top(List<String> names) {
    List<String> counted =
        names.stream()
            .filter(name -> FileNames.image(name) || name.equals(DatasetJson.NAME))
            .toList();
    if (counted.isEmpty()) {
      return "";
    }
    String first = counted.get(0);
    String top = "";
    for (int end = first.indexOf('/'); end >= 0; end = first.indexOf('/', end + 1)) {
      String longer = first.substring(0, end + 1);
      if (names.contains(top + DatasetJson.NAME)
          || !counted.stream().allMatch(name -> name.startsWith(longer))) {
        break;
      }
      top = longer;
    }
    return top;
  }
}
