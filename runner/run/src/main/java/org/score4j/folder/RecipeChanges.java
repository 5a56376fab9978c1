package org.score4j.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.score4j.recipe.Training;

/** How a recipe differs from the one that a run was started with, and what follows from that. */
final class RecipeChanges {
  /** The key of a recipe's values under which its data's fingerprint stands. */
  static final String FINGERPRINT = "data fingerprint";

  private static final String TRAINING = "training";

  /** They say how far, how often and what is shown, not what is learnt. */
  private static final List<String> HARMLESS =
      List.of(
          "name",
          "sampler",
          "control",
          "sampling",
          "reference",
          "evaluation",
          "training.steps",
          "training.skipLimit",
          "training.checkpointEvery",
          "training.keepLast",
          "training.keepEvery",
          "training.logEvery",
          "training.previews",
          "training.tensorBoard",
          "training.heldOut.every",
          "training.heldOut.count",
          "training.heldOut.data");

  /** The tensors of a checkpoint would not fit, or would mean something else. */
  private static final List<String> REFUSED =
      List.of("data", "sde", "model", "seed", "training.ema", "training.optimizer.type");

  /** Earlier versions spelled this layout out, which is now what a recipe without one means. */
  private static final Set<String> UNSAID_LAYOUT = Set.of("absent", "\"channels-last\"");

  /** One key that differs. */
  record Change(String key, String there, String here) {
    @Override
    public String toString() {
      return key + ": " + there + " there, " + here + " now";
    }
  }

  private final List<Change> refused = new ArrayList<>();
  private final List<Change> turning = new ArrayList<>();
  private final List<Change> harmless = new ArrayList<>();

  /**
   * Compares every value of two recipes, by path.
   *
   * @param done steps done with the recipe that was there
   */
  RecipeChanges(Map<String, String> there, Map<String, String> here, Training training, long done) {
    Set<String> keys = new TreeSet<>(there.keySet());
    keys.addAll(here.keySet());
    boolean sameData =
        there.containsKey(FINGERPRINT) && there.get(FINGERPRINT).equals(here.get(FINGERPRINT));
    for (String key : keys) {
      var change =
          new Change(key, there.getOrDefault(key, "absent"), here.getOrDefault(key, "absent"));
      if (!change.there().equals(change.here()) && !isWordingOnly(change)) {
        (sameData && isData(key) ? harmless : kind(change, training, done)).add(change);
      }
    }
  }

  /** What comes of these keys is among the others, or they mean what is meant without them. */
  private static boolean isWordingOnly(Change change) {
    return change.key().equals("standardize")
        || change.key().endsWith(".layout")
            && Set.of(change.there(), change.here()).equals(UNSAID_LAYOUT);
  }

  private List<Change> kind(Change change, Training training, long done) {
    String key = change.key();
    if (key.equals("training.steps") && otherRates(change, training, done)) {
      return turning;
    }
    if (HARMLESS.stream().anyMatch(isPartOf(key))) {
      return harmless;
    }
    return refuses(key) ? refused : turning;
  }

  /** Whether a checkpoint of one value of this key is of no use with another. */
  static boolean refuses(String key) {
    boolean turns = key.equals("loss") || key.startsWith("loss.") || key.startsWith(TRAINING + ".");
    return HARMLESS.stream().noneMatch(isPartOf(key))
        && (!turns || REFUSED.stream().anyMatch(isPartOf(key)));
  }

  /** Whether a key is of the data: which they are, how they are read. */
  static boolean isData(String key) {
    return key.equals(FINGERPRINT) || isPartOf(key).test("data");
  }

  private static Predicate<String> isPartOf(String key) {
    return of -> key.equals(of) || key.startsWith(of + ".") || key.startsWith(of + "[");
  }

  /** Whether steps that have been done would have had another learning rate. */
  private static boolean otherRates(Change steps, Training training, long done) {
    if (!steps.there().matches("\\d{1,9}")) {
      return true;
    }
    long before = Long.parseLong(steps.there());
    long after = training.steps();
    for (long n = 1; n <= Math.min(done, Math.min(before, after)); n++) {
      double there = training.schedule().factor(n, training.warmup(), before);
      if (there != training.schedule().factor(n, training.warmup(), after)) {
        return true;
      }
    }
    return false;
  }

  /** Those of the refused that are of the data. */
  List<Change> data() {
    return refused.stream().filter(change -> isData(change.key())).toList();
  }

  /** With these the run cannot go on. */
  List<Change> refused() {
    return refused;
  }

  /** With these the run goes on, but not to where either recipe alone would have led. */
  List<Change> turning() {
    return turning;
  }

  /** With these the run goes on to the bits it would have reached anyway. */
  List<Change> harmless() {
    return harmless;
  }
}
