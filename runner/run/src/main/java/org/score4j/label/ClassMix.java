package org.score4j.label;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.score4j.api.Examples;

/**
 * The classes of the data with their shares, which are counted when they are first asked for.
 *
 * <p>Samples have the shares of the reference, for that is what they are compared with, if it is
 * labelled. Its classes are those of the data of the same name, or of the same number if either has
 * no names.
 */
public final class ClassMix {
  private final Examples data;
  private final Examples reference;
  private double[] dataShares = {};
  private double[] drawnShares = {};

  /**
   * Counts nothing yet.
   *
   * @param reference what samples are compared with; the data themselves if there is none
   */
  public ClassMix(Examples data, Examples reference) {
    this.data = data;
    this.reference = reference;
  }

  /** Number of classes; 0 if the data are not labelled. */
  public int classes() {
    return data.classes();
  }

  /** Whether the classes are parts of a density, such as components of a mixture, not labels. */
  boolean areOfDensity() {
    return data.size().isEmpty();
  }

  /** Names of the classes; empty if they have none. */
  public List<String> names() {
    return data.classNames();
  }

  /** A class for people to read, as in {@code 4 (coat)}. */
  public String shown(int label) {
    return names().isEmpty() ? Integer.toString(label) : label + " (" + names().get(label) + ")";
  }

  /** The shares of the data, [classes]. */
  public synchronized double[] ofData() {
    if (dataShares.length == 0) {
      dataShares = data.classShares();
    }
    return dataShares.clone();
  }

  /**
   * The shares that samples are to have, [classes], which sum to 1: those of the reference, among
   * the classes that have examples in the data.
   */
  public synchronized double[] ofSamples() {
    if (drawnShares.length == 0) {
      drawnShares = hasOtherReference() ? ofReference() : ofData();
    }
    return drawnShares.clone();
  }

  /** What samples are compared with. */
  Examples compared() {
    return reference;
  }

  /** Whether samples are compared with other labelled data. */
  boolean hasOtherReference() {
    return reference != data && reference.classes() > 0;
  }

  private double[] ofReference() {
    double[] known = ofData();
    double[] counted = reference.classShares();
    double[] shares = new double[known.length];
    for (int c = 0; c < counted.length; c++) {
      int own = own(c);
      if (own >= 0 && known[own] > 0) {
        shares[own] += counted[c];
      }
    }
    double sum = Arrays.stream(shares).sum();
    return sum > 0 ? Arrays.stream(shares).map(share -> share / sum).toArray() : known;
  }

  /** The class of the data that a class of the reference is; -1 if none. */
  private int own(int label) {
    if (names().isEmpty() || reference.classNames().isEmpty()) {
      return label < classes() ? label : -1;
    }
    return names().indexOf(reference.classNames().get(label));
  }

  /**
   * The class of the reference, or of the data themselves, that a class of the data is; -1 if none.
   */
  int in(Examples compared, int label) {
    return compared == data
        ? label
        : IntStream.range(0, compared.classes())
            .filter(c -> own(c) == label)
            .findFirst()
            .orElse(-1);
  }

  /** Classes of the reference that no sample can be of, for people to read. */
  List<String> foreign() {
    if (!hasOtherReference()) {
      return List.of();
    }
    double[] counted = reference.classShares();
    double[] known = ofData();
    return IntStream.range(0, counted.length)
        .filter(c -> counted[c] > 0 && (own(c) < 0 || known[own(c)] == 0))
        .mapToObj(
            c ->
                reference.classNames().isEmpty()
                    ? Integer.toString(c)
                    : c + " (" + reference.classNames().get(c) + ")")
        .toList();
  }
}
