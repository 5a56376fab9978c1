package org.score4j.engine.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;

/**
 * Finds a network's tensors among all that a trainer saved. Trainers agree neither on the key that
 * holds them, nor on what stands before their names, nor on where averages are; they agree on the
 * names themselves.
 *
 * @param groups the dictionaries of tensors that a file holds
 */
record StateSearch(Path path, List<Group> groups) {
  private static final Set<String> AVERAGE_WORDS =
      Set.of("ema", "emas", "shadow", "swa", "average", "averages", "averaged", "avg", "polyak");

  /**
   * A dictionary of tensors.
   *
   * @param place its keys from outside, as {@code ema.shadow}; empty for the file's root
   * @param averaged whether it can only be averages, whatever it is called
   */
  record Group(String place, boolean averaged, NamedTensors tensors) {}

  /**
   * What was found.
   *
   * @param group in which the parameters are
   * @param parameters by the network's names
   * @param averages by the network's names, none but those; empty if there are none
   * @param place of the parameters in words; empty if all names of the file are theirs
   */
  record Found(
      Group group, NamedTensors parameters, Optional<NamedTensors> averages, String place) {

    /** Whether the dictionary of the parameters holds nothing else. */
    boolean whole() {
      return parameters.names().size() == group.tensors().names().size();
    }
  }

  private record Candidate(Group group, NamePrefix prefix) {
    boolean averaged() {
      return group.averaged() || averageWords() && !online();
    }

    boolean averageWords() {
      return saysAverage(text());
    }

    boolean online() {
      return words(text()).anyMatch("online"::equals);
    }

    private String text() {
      return group.place() + "." + prefix.text();
    }

    String place() {
      String behind = prefix.text().isEmpty() ? "" : "names that begin '" + prefix.text() + "'";
      String under = group.place().isEmpty() ? "" : "key '" + group.place() + "'";
      return under + (under.isEmpty() || behind.isEmpty() ? "" : ", ") + behind;
    }
  }

  /**
   * The tensors of a network. If there is none of them, the largest dictionary is taken for it, so
   * that what is wrong with it can be told by name.
   *
   * @param names of the network's tensors
   * @throws TensorFileException if there are none at all, or several such networks
   */
  Found find(Set<String> names) {
    List<Candidate> all = new ArrayList<>();
    for (Group group : groups) {
      NamePrefix.in(group.tensors().names(), names)
          .forEach(prefix -> all.add(new Candidate(group, prefix)));
    }
    List<Candidate> averages = best(all.stream().filter(Candidate::averaged).toList());
    List<Candidate> parameters = best(all.stream().filter(c -> !c.averaged()).toList());
    boolean onlyAverages = found(averages) > 2 * found(parameters);
    if (onlyAverages) {
      parameters = averages;
    }
    if (parameters.isEmpty()) {
      Group largest = largest();
      return new Found(largest, largest.tensors(), Optional.empty(), "");
    }
    boolean averaged = !onlyAverages && 2 * found(averages) > found(parameters);
    Candidate chosen = one(parameters);
    return new Found(
        chosen.group(),
        all(chosen, names),
        averaged ? Optional.of(only(one(averages), names)) : Optional.empty(),
        chosen.place());
  }

  /** Whether keys, joined by dots, say that what is behind them is an average. */
  static boolean saysAverage(String place) {
    return words(place).anyMatch(AVERAGE_WORDS::contains);
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+"));
  }

  private static int found(List<Candidate> best) {
    return best.isEmpty() ? 0 : best.get(0).prefix().found();
  }

  private static List<Candidate> best(List<Candidate> candidates) {
    int most = candidates.stream().mapToInt(c -> c.prefix().found()).max().orElse(0);
    return candidates.stream().filter(c -> c.prefix().found() == most).toList();
  }

  private Candidate one(List<Candidate> best) {
    List<Candidate> left = best;
    if (left.size() > 1 && left.stream().anyMatch(c -> !c.online())) {
      left = left.stream().filter(c -> !c.online()).toList();
    }
    if (left.size() > 1) {
      throw new TensorFileException(
          path,
          "holds "
              + left.size()
              + " networks with these names ("
              + left.stream().map(Candidate::place).collect(Collectors.joining("; "))
              + "); write the one to be imported to a file of its own");
    }
    return left.get(0);
  }

  private Group largest() {
    return groups.stream()
        .filter(group -> !group.place().startsWith("opt"))
        .max(Comparator.comparingInt(group -> group.tensors().names().size()))
        .orElseThrow(() -> new TensorFileException(path, "holds no dictionary of tensors"));
  }

  /** All tensors behind the prefix, so that those which are not the network's can be told. */
  private static NamedTensors all(Candidate candidate, Set<String> names) {
    if (candidate.prefix().dotless()) {
      return only(candidate, names);
    }
    String prefix = candidate.prefix().text();
    Map<String, String> originals = new LinkedHashMap<>();
    for (String name : candidate.group().tensors().names()) {
      if (name.startsWith(prefix)) {
        originals.put(name.substring(prefix.length()), name);
      }
    }
    return new RenamedTensors(candidate.group().tensors(), originals);
  }

  /** The network's tensors; what trainers keep beside averages, such as counters, is left out. */
  private static NamedTensors only(Candidate candidate, Set<String> names) {
    NamedTensors tensors = candidate.group().tensors();
    Map<String, String> originals = new LinkedHashMap<>();
    for (String name : names) {
      String original = candidate.prefix().before(name);
      if (tensors.names().contains(original)) {
        originals.put(name, original);
      }
    }
    return new RenamedTensors(tensors, originals);
  }
}
