package org.score4j.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.score4j.api.InvalidValueException;

/** Labels by folders: each folder at the top is a class, numbered in the order of their names. */
final class ClassFolders {
  private static final int SHOWN = 3;

  private ClassFolders() {}

  /** Makes what is thrown about an image. */
  @FunctionalInterface
  interface Fault {
    InvalidValueException of(String name, String found, String rule);
  }

  /**
   * The labels of images; none if all lie at the top.
   *
   * @param names with {@code /} between folders
   * @param fault makes what is thrown, whose class is not known
   */
  static ArchivedImages.Labels labels(List<String> names, Fault fault) {
    List<String> folders =
        new ArrayList<>(
            new TreeSet<>(
                names.stream()
                    .filter(name -> name.contains("/"))
                    .map(ClassFolders::folder)
                    .toList()));
    if (folders.isEmpty()) {
      return ArchivedImages.Labels.NONE;
    }
    int[] classes = new int[names.size()];
    for (int i = 0; i < classes.length; i++) {
      String name = names.get(i);
      if (!name.contains("/")) {
        throw fault.of(
            name,
            "an image beside sub-folders",
            "must hold images in sub-folders, one for each class, or none; set labels to false if"
                + " the sub-folders mean nothing");
      }
      classes[i] = Collections.binarySearch(folders, folder(name));
    }
    return ArchivedImages.Labels.of(classes, List.copyOf(folders));
  }

  /**
   * What is to be said of folders that are no classes though they may be meant to be.
   *
   * @param place the folder or archive
   * @param names of the images that are used, with {@code /} between folders
   * @param folders all that are at the top
   */
  static List<String> warnings(String place, List<String> names, List<String> folders) {
    Set<String> classes = new TreeSet<>();
    names.stream()
        .filter(name -> name.contains("/"))
        .map(ClassFolders::folder)
        .forEach(classes::add);
    if (classes.isEmpty()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    List<String> without = folders.stream().filter(folder -> !classes.contains(folder)).toList();
    if (!without.isEmpty()) {
      warnings.add(
          place + ": sub-folders without images are not classes: " + Listing.shown(without, SHOWN));
    }
    Map<String, List<String>> alike =
        classes.stream().collect(Collectors.groupingBy(FileNames::normal));
    List<String> twins =
        new TreeSet<>(alike.keySet()).stream().filter(name -> alike.get(name).size() > 1).toList();
    if (!twins.isEmpty()) {
      warnings.add(
          place
              + ": sub-folders whose names differ only in how Unicode writes them (NFC or NFD) are"
              + " classes of their own; merge them if they are the same: "
              + Listing.shown(twins, SHOWN));
    }
    String only = classes.iterator().next();
    Set<String> inside = new TreeSet<>();
    names.stream()
        .map(name -> name.substring(name.indexOf('/') + 1))
        .filter(name -> name.contains("/"))
        .map(ClassFolders::folder)
        .forEach(inside::add);
    if (classes.size() == 1 && inside.size() > 1) {
      warnings.add(
          place
              + ": all images are in the sub-folder "
              + only
              + ", which makes one class; for the classes "
              + Listing.shown(List.copyOf(inside), SHOWN)
              + " set path to "
              + place
              + "/"
              + only);
    }
    return warnings;
  }

  private static String folder(String name) {
    return name.substring(0, name.indexOf('/'));
  }
}
