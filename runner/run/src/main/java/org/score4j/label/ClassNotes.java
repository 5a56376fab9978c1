package org.score4j.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.score4j.api.ClassGuidance;
import org.score4j.api.Examples;
import org.score4j.api.ScoreModel;
import org.score4j.format.text.Numerals;
import org.score4j.recipe.Recipe;

/** What the user should know of the classes of a run's data. */
public final class ClassNotes {
  private static final int SHOWN = 10;

  /** Shares of samples and data that differ by less than this, summed, are taken for equal. */
  private static final double UNEQUAL = 0.05;

  private final Recipe recipe;
  private final ClassMix mix;
  private final SampleLabels labels;

  /** Notes on a recipe with its data. */
  public ClassNotes(Recipe recipe, ClassMix mix, SampleLabels labels) {
    this.recipe = recipe;
    this.mix = mix;
    this.labels = labels;
  }

  /** Which classes of labelled data have no examples; empty if all have some. */
  public static List<String> withoutExamples(Examples data) {
    return withoutExamples(new ClassMix(data, data));
  }

  private static List<String> withoutExamples(ClassMix mix) {
    double[] shares = mix.ofData();
    int[] absent = IntStream.range(0, shares.length).filter(c -> shares[c] == 0).toArray();
    if (absent.length == 0) {
      return List.of();
    }
    String which =
        absent.length == 1
            ? "class " + mix.shown(absent[0]) + " has"
            : "classes " + ranges(absent) + " have";
    return List.of(
        String.format(
            Locale.ROOT,
            "%s no examples (labels from 0 to %d make %,d classes); no sample is drawn of %s",
            which,
            shares.length - 1,
            shares.length,
            absent.length == 1 ? "it" : "them"));
  }

  /** As in "0, 5 to 9, 12". */
  private static String ranges(int[] numbers) {
    List<String> ranges = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= numbers.length; i++) {
      if (i == numbers.length || numbers[i] != numbers[i - 1] + 1) {
        int last = i - 1;
        ranges.add(
            numbers[first]
                + (last == first ? "" : (last > first + 1 ? " to " : ", ") + numbers[last]));
        first = i;
      }
    }
    int more = ranges.size() - SHOWN;
    return ranges.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** The classes with their shares, as in "0 (cat) 90.0 %, 1 (dog) 10.0 %"; for labelled data. */
  public String shares() {
    double[] shares = mix.ofData();
    return IntStream.range(0, shares.length)
            .limit(SHOWN)
            .mapToObj(c -> mix.shown(c) + " " + Numerals.ascii(100 * shares[c], 3) + " %")
            .collect(Collectors.joining(", "))
        + (shares.length > SHOWN ? ", ..." : "");
  }

  /** What to know before training. */
  public List<String> ofTraining() {
    List<String> notes = new ArrayList<>();
    boolean conditional = recipe.model().map(ScoreModel::conditional).orElse(true);
    boolean labelled = mix.classes() > 0;
    if (labelled) {
      notes.addAll(withoutExamples(mix));
    }
    if (mix.classes() > 1 && !mix.areOfDensity() && !conditional) {
      notes.add(
          "the data have "
              + mix.classes()
              + " classes, and the model takes none; to draw samples of a class, set \"classes\" of"
              + " the model to "
              + mix.classes());
    }
    if (recipe.labelDropout().orElse(0) > 0 && !(labelled && conditional)) {
      notes.add(
          "training.labelDropout has no effect, as "
              + (labelled ? "the model takes no classes" : "the data are not labelled"));
    }
    return notes;
  }

  /**
   * What to know before drawing samples.
   *
   * @param measured whether metrics compare them with data
   */
  public List<String> ofSampling(boolean measured) {
    List<String> notes = new ArrayList<>();
    for (var control : recipe.control()) {
      if (recipe.labelDropout().isEmpty() && control instanceof ClassGuidance guidance) {
        notes.addAll(guidance.check(recipe.scoreModel().conditional(), recipe.labelDropout()));
      }
    }
    if (mix.classes() == 0) {
      return notes;
    }
    List<String> foreign = mix.foreign();
    if (!foreign.isEmpty()) {
      notes.add(
          "reference: has examples of classes that the data have none of, so that no sample is: "
              + foreign.stream().limit(SHOWN).collect(Collectors.joining(", "))
              + (foreign.size() > SHOWN ? ", ..." : ""));
    }
    if (labels.areGiven()) {
      notes.addAll(ofChosen(measured));
    }
    return notes;
  }

  /** Of classes that are not drawn in the shares of the data. */
  private List<String> ofChosen(boolean measured) {
    double[] data = mix.ofData();
    double[] wanted = mix.ofSamples();
    double[] drawn = labels.shares();
    List<String> notes = new ArrayList<>();
    IntStream.range(0, drawn.length)
        .filter(c -> drawn[c] > 0 && data[c] == 0)
        .forEach(
            c ->
                notes.add(
                    "class "
                        + mix.shown(c)
                        + " has no examples in the data: the model has not learned it"));
    if (measured && labels.areOfOneClassIn(mix.compared())) {
      notes.add("metrics compare the samples with the data" + labels.ofClass(mix.compared()));
      return notes;
    }
    double difference =
        IntStream.range(0, drawn.length).mapToDouble(c -> Math.abs(drawn[c] - wanted[c])).sum();
    if (measured && difference > UNEQUAL) {
      notes.add(
          "the classes of the samples do not have the shares of the data that metrics compare them"
              + " with; sampling.labels \"data\" draws them in these shares");
    }
    return notes;
  }
}
