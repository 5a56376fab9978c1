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

  /** Places of what is kept, shown and drawn, not of what is learnt. */
  private static final List<String> ASIDE =
      List.of(
          "name",
          "checkpoints",
          "logging",
          "sampler",
          "control",
          "sampling",
          "reference",
          "evaluation");

  /** How far a training goes, and what it looks at on the way. */
  private static final List<String> WATCHED =
      List.of("training.steps", "training.skipLimit", "training.heldOut");

  /** What is set aside is not trained on. */
  private static final String SET_ASIDE = "training.heldOut.share";

  /** Places of what is learnt and how, where a run can take a turn. */
  private static final List<String> TURNING = List.of("loss", "training", "compute");

  /** The tensors of a checkpoint would not fit, or would mean something else. */
  private static final List<String> REFUSED =
      List.of("training.averaging", "training.optimizer.type");

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
    if (isHarmless(key)) {
      return harmless;
    }
    return refuses(key) ? refused : turning;
  }

  /** Whether a checkpoint of one value of this key is of no use with another. */
  static boolean refuses(String key) {
    boolean turns = TURNING.stream().anyMatch(isIn(key));
    return !isHarmless(key) && (!turns || REFUSED.stream().anyMatch(isIn(key)));
  }

  private static boolean isHarmless(String key) {
    return ASIDE.stream().anyMatch(isIn(key))
        || WATCHED.stream().anyMatch(isIn(key)) && !key.equals(SET_ASIDE);
  }

  /** Whether a key is of the data: which they are, how they are read. */
  static boolean isData(String key) {
    return key.equals(FINGERPRINT) || isIn(key).test("data");
  }

  private static Predicate<String> isIn(String key) {
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
