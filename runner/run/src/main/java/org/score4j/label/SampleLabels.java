package org.score4j.label;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.api.ClassGuidance;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.KnownImages;
import org.score4j.engine.label.ClassDraw;
import org.score4j.engine.label.ClassLabel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.recipe.Recipe;

/**
 * The class that each sample is drawn as, a function of the seed and the sample's number alone. The
 * first of these that applies decides:
 *
 * <ol>
 *   <li>the class that a control guides all samples to;
 *   <li>the list of classes under {@code sampling.labels};
 *   <li>the class that comes with the state that the sample starts from;
 *   <li>the class of the image that a control completes;
 *   <li>the shares of the classes under {@code sampling.labels}.
 * </ol>
 */
public final class SampleLabels {
  private static final int NONE = -1;
  private static final int NAMES_SHOWN = 20;

  private final Recipe recipe;
  private final ClassMix mix;
  private final ImageClasses images;
  private Optional<LongDraw> draw = Optional.empty();

  /** A class by seed and number. */
  private interface LongDraw {
    int of(long seed, long sample);
  }

  /** Labels of the samples that a recipe draws. */
  public SampleLabels(Recipe recipe, Examples data, ClassMix mix) {
    this.recipe = recipe;
    this.mix = mix;
    this.images = new ImageClasses(data);
  }

  /**
   * Checks that the recipe names classes that there are.
   *
   * @throws InvalidValueException if it names others, or a list of classes beside a control that
   *     guides to one
   */
  public void check() {
    if (recipe.model().isEmpty()) {
      return;
    }
    for (int i = 0; i < recipe.control().size(); i++) {
      if (recipe.control().get(i) instanceof ClassGuidance guidance
          && guidance.target().orElse(NONE) >= mix.classes()) {
        throw new InvalidValueException(
            "control[" + i + "].label", guidance.target().get(), rule());
      }
    }
    if (recipe.sampling().labels() instanceof LabelChoice.Cycle cycle) {
      check(cycle);
    }
  }

  private void check(LabelChoice.Cycle cycle) {
    numbers(cycle);
    if (target() != NONE) {
      throw refused(cycle, "must be left out where a control guides all samples to one class");
    }
    boolean heeded = recipe.scoreModel().conditional() || guidances().findAny().isPresent();
    if (!heeded) {
      throw refused(
          cycle, "needs a model that takes classes, and this one takes none (\"classes\" is 0)");
    }
  }

  private static InvalidValueException refused(LabelChoice.Cycle cycle, String rule) {
    return new InvalidValueException("sampling.labels", cycle, rule);
  }

  private int[] numbers(LabelChoice.Cycle cycle) {
    return cycle.labels().stream().mapToInt(label -> number(cycle, label)).toArray();
  }

  private int number(LabelChoice.Cycle cycle, ClassLabel label) {
    return label
        .among(mix.classes(), mix.names())
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "sampling.labels", cycle.labels().size() == 1 ? label : cycle, rule()));
  }

  private String rule() {
    if (mix.classes() == 0) {
      return "must be left out, for the data are not labelled";
    }
    if (mix.names().isEmpty()) {
      return "must be a class of the data, from 0 to " + (mix.classes() - 1);
    }
    List<String> shown =
        IntStream.range(0, Math.min(NAMES_SHOWN, mix.classes())).mapToObj(mix::shown).toList();
    return "must be a class of the data: "
        + String.join(", ", shown)
        + (mix.classes() > NAMES_SHOWN ? ", ... to " + mix.shown(mix.classes() - 1) : "");
  }

  private Stream<ClassGuidance> guidances() {
    return recipe.control().stream()
        .filter(ClassGuidance.class::isInstance)
        .map(ClassGuidance.class::cast);
  }

  /** The class that a control guides all samples to; -1 if none does. */
  private int target() {
    return guidances()
        .mapToInt(g -> g.target().orElse(NONE))
        .filter(t -> t >= 0)
        .findFirst()
        .orElse(NONE);
  }

  /** The classes of the samples of a seed, for data that are labelled. */
  public LongToIntFunction of(long seed) {
    return sample -> draw().of(seed, sample);
  }

  /**
   * The classes of samples that start from given states.
   *
   * @param given the classes that come with the states, which count more than those of images and
   *     shares; empty if none do
   */
  public LongToIntFunction of(long seed, Optional<LongToIntFunction> given) {
    boolean chosen = target() != NONE || recipe.sampling().labels() instanceof LabelChoice.Cycle;
    return given.filter(unused -> !chosen).orElseGet(() -> of(seed));
  }

  private synchronized LongDraw draw() {
    if (draw.isEmpty()) {
      draw = Optional.of(made());
    }
    return draw.get();
  }

  private LongDraw made() {
    int target = target();
    if (target != NONE) {
      return (seed, sample) -> target;
    }
    if (recipe.sampling().labels() instanceof LabelChoice.Cycle cycle) {
      return inTurn(numbers(cycle));
    }
    LongDraw shares = byShares();
    return (seed, sample) -> imageClass(sample).orElseGet(() -> shares.of(seed, sample));
  }

  private LongDraw byShares() {
    return recipe.sampling().labels() == LabelChoice.Shares.DATA
        ? new ClassDraw(mix.ofSamples())::of
        : inTurn(present());
  }

  /** The classes that have examples. */
  private int[] present() {
    double[] shares = mix.ofData();
    return IntStream.range(0, shares.length).filter(c -> shares[c] > 0).toArray();
  }

  private static LongDraw inTurn(int[] labels) {
    return (seed, sample) -> labels[(int) (sample % labels.length)];
  }

  private OptionalInt imageClass(long sample) {
    return recipe.control().stream()
        .filter(KnownImages.class::isInstance)
        .map(control -> ((KnownImages) control).imageClass(sample, images))
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  /**
   * The classes of the first samples of a seed, as the model was given them or as they were guided
   * to.
   *
   * @return [count]; empty if the model was given none
   */
  public int[] recorded(long seed, int count) {
    return areGiven()
        ? IntStream.range(0, count).map(n -> of(seed).applyAsInt(n)).toArray()
        : new int[0];
  }

  /** The share of each class among samples, apart from those that complete images; [classes]. */
  double[] shares() {
    double[] shares = new double[mix.classes()];
    if (target() != NONE) {
      shares[target()] = 1;
    } else if (recipe.sampling().labels() == LabelChoice.Shares.DATA) {
      return mix.ofSamples();
    } else {
      int[] turn =
          recipe.sampling().labels() instanceof LabelChoice.Cycle cycle
              ? numbers(cycle)
              : present();
      Arrays.stream(turn).forEach(c -> shares[c] += 1.0 / turn.length);
    }
    return shares;
  }

  /** Whether the model is given classes, or samples are guided to them. */
  boolean areGiven() {
    if (mix.classes() == 0) {
      return false;
    }
    if (guidances().findAny().isEmpty()) {
      return recipe.scoreModel().conditional();
    }
    return target() != NONE || guidances().anyMatch(guidance -> guidance.target().isEmpty());
  }

  /** The class that all samples are of; empty if they are of several, or may be. */
  OptionalInt only() {
    if (!areGiven()) {
      return OptionalInt.empty();
    }
    if (target() != NONE) {
      return OptionalInt.of(target());
    }
    if (!(recipe.sampling().labels() instanceof LabelChoice.Cycle cycle)) {
      return OptionalInt.empty();
    }
    int[] distinct = Arrays.stream(numbers(cycle)).distinct().toArray();
    return distinct.length == 1 ? OptionalInt.of(distinct[0]) : OptionalInt.empty();
  }

  /** Whether samples are all of one class, so that they are compared with that of these data. */
  boolean areOfOneClassIn(Examples compared) {
    return compared.classes() > 0 && compared.size().isPresent() && only().isPresent();
  }

  /**
   * What samples are compared with.
   *
   * @param compared the data or the reference
   * @return those of the class of the samples if they are all of one and these are labelled, with
   *     an end; else all
   */
  public Examples like(Examples compared) {
    return areOfOneClassIn(compared)
        ? new OfOneClass(compared, mix.in(compared, only().getAsInt()))
        : compared;
  }

  /** How messages call {@link #like those}, behind the name of the data. */
  public String ofClass(Examples compared) {
    return areOfOneClassIn(compared) ? " of class " + mix.shown(only().getAsInt()) : "";
  }

  /** What names of files have behind the method's for samples of one class; else blank. */
  public String suffix() {
    return recipe.sampling().labels() instanceof LabelChoice.Cycle cycle
            && cycle.labels().size() == 1
        ? "-class-" + numbers(cycle)[0]
        : "";
  }

  /** What decides on the labels besides recipe and seed; samples of others are other samples. */
  public String source() {
    return recipe.sampling().labels() == LabelChoice.Shares.DATA && mix.classes() > 0
        ? Integer.toHexString(Arrays.hashCode(mix.ofSamples()))
        : "";
  }
}
