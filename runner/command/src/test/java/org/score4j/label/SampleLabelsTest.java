package org.score4j.label;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.ClassGuidance;
import org.score4j.api.Control;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;
import org.score4j.api.KnownImages;
import org.score4j.api.ScoreField;
import org.score4j.engine.label.ClassLabel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.format.TensorStream;
import org.tensorflow.ndarray.Shape;

class SampleLabelsTest {
  /** Classes 0, 2 and 3 with shares .5, .4 and .1; class 1 has no examples. */
  private static final Labelled DATA =
      new Labelled(List.of("bag", "boot", "coat", "dress"), 0, 0, 0, 0, 0, 2, 2, 2, 2, 3);

  private static final LabelChoice DEFAULT = LabelChoice.Shares.DATA;

  /** Guides to a class, or to that of each sample. */
  private record Guide(Optional<Integer> target) implements ClassGuidance {
    @Override
    public List<String> check(boolean conditional, OptionalDouble labelDropout) {
      return List.of();
    }

    @Override
    public ScoreField field(ControlGraph graph) {
      return graph.field();
    }
  }

  /** Completes examples of the data, or images of a file. */
  private record Complete(List<Long> examples, Optional<Path> file) implements KnownImages {
    @Override
    public OptionalInt imageClass(long sample, Labels labels) {
      if (file.isEmpty()) {
        return labels.ofExample(examples.get((int) (sample % examples.size())));
      }
      List<Integer> known = labels.ofFile(file.get());
      int label = known.isEmpty() ? -1 : known.get((int) (sample % known.size()));
      return label < 0 ? OptionalInt.empty() : OptionalInt.of(label);
    }

    @Override
    public ScoreField field(ControlGraph graph) {
      return graph.field();
    }
  }

  private static LabelChoice list(ClassLabel... labels) {
    return new LabelChoice.Cycle(List.of(labels));
  }

  private static ClassLabel number(int number) {
    return new ClassLabel.Number(number);
  }

  private static ClassLabel name(String name) {
    return new ClassLabel.Name(name);
  }

  private static SampleLabels labels(LabelChoice choice, Control... control) {
    return labels(DATA, true, choice, control);
  }

  private static SampleLabels labels(
      Labelled data, boolean conditional, LabelChoice choice, Control... control) {
    var recipe = Labelled.recipe(conditional, choice, Optional.empty(), control);
    return new SampleLabels(recipe, data, new ClassMix(data, data));
  }

  private static int[] first(SampleLabels labels, int count) {
    return IntStream.range(0, count).map(n -> labels.of(3).applyAsInt(n)).toArray();
  }

  private static int[] counts(SampleLabels labels, int count) {
    int[] counts = new int[4];
    Arrays.stream(first(labels, count)).forEach(c -> counts[c]++);
    return counts;
  }

  @Test
  void byDefaultClassesHaveTheSharesOfTheData() {
    int[] counts = counts(labels(DEFAULT), 1000);
    assertEquals(0, counts[1]);
    assertEquals(500, counts[0], 2);
    assertEquals(400, counts[2], 2);
    assertEquals(100, counts[3], 2);
  }

  @Test
  void withALabelledReferenceTheyHaveItsShares() {
    // In other order and with a class that the data lack.
    var reference = new Labelled(List.of("coat", "bag", "scarf"), 0, 0, 0, 1, 2, 2);
    var mix = new ClassMix(DATA, reference);
    var recipe = Labelled.recipe(true, DEFAULT, Optional.empty());
    int[] counts = counts(new SampleLabels(recipe, DATA, mix), 1000);
    assertArrayEquals(new double[] {0.25, 0, 0.75, 0}, mix.ofSamples(), 1e-12);
    assertEquals(750, counts[2], 2);
    assertEquals(250, counts[0], 2);
    assertEquals(List.of("2 (scarf)"), mix.foreign());
    var unnamed = new Labelled(List.of(), 0, 2, 2, 1);
    assertArrayEquals(
        new double[] {1 / 3.0, 0, 2 / 3.0, 0}, new ClassMix(DATA, unnamed).ofSamples(), 1e-12);
    var unlabelled = new Labelled(List.of());
    assertArrayEquals(DATA.classShares(), new ClassMix(DATA, unlabelled).ofSamples(), 1e-12);
  }

  @Test
  void uniformTakesTurnsAmongClassesThatHaveExamples() {
    assertArrayEquals(new int[] {0, 2, 3, 0, 2, 3}, first(labels(LabelChoice.Shares.UNIFORM), 6));
    var whole = new Labelled(List.of(), 0, 1, 2, 2, 2);
    assertArrayEquals(
        new int[] {0, 1, 2, 0, 1}, first(labels(whole, true, LabelChoice.Shares.UNIFORM), 5));
  }

  @Test
  void classesOfAListTakeTurns() {
    assertArrayEquals(
        new int[] {3, 3, 2, 0, 3},
        first(labels(list(number(3), name("3"), name("coat"), name("bag"))), 5));
    // What is in quotes is a name first.
    var digits = new Labelled(List.of("1", "10", "2"), 0, 1, 2);
    assertArrayEquals(
        new int[] {2, 1, 2}, first(labels(digits, true, list(name("2"), number(1))), 3));
  }

  @Test
  void classesThatDoNotExistAreRefusedWithThoseThatDo() {
    var unknown = assertThrows(InvalidValueException.class, labels(list(name("cap")))::check);
    assertEquals(
        "sampling.labels: must be a class of the data: 0 (bag), 1 (boot), 2 (coat), 3 (dress),"
            + " found \"cap\"",
        unknown.getMessage());
    assertThrows(InvalidValueException.class, labels(list(number(4)))::check);
    var unnamed = new Labelled(List.of(), 0, 1);
    assertEquals(
        "sampling.labels: must be a class of the data, from 0 to 1, found 2",
        assertThrows(InvalidValueException.class, labels(unnamed, true, list(number(2)))::check)
            .getMessage());
    var unlabelled = labels(new Labelled(List.of()), true, list(number(0)));
    assertEquals(
        "sampling.labels: must be left out, for the data are not labelled, found 0",
        assertThrows(InvalidValueException.class, unlabelled::check).getMessage());
    var guided = labels(DEFAULT, new Guide(Optional.empty()), new Guide(Optional.of(7)));
    assertEquals(
        List.of("control[1].label"),
        assertThrows(InvalidValueException.class, guided::check).faults().stream()
            .map(InvalidValueException.Fault::component)
            .toList());
  }

  @Test
  void aListIsRefusedWhereItHasNoEffect() {
    assertThrows(InvalidValueException.class, labels(DATA, false, list(number(0)))::check);
    assertThrows(
        InvalidValueException.class, labels(list(number(0)), new Guide(Optional.of(2)))::check);
    labels(DATA, false, list(number(0)), new Guide(Optional.empty())).check();
    labels(DATA, false, DEFAULT).check();
  }

  @Test
  void samplesThatCompleteAnImageAreOfItsClass() {
    var known = new Complete(List.of(9L, 5L), Optional.empty());
    assertArrayEquals(new int[] {3, 2, 3, 2}, first(labels(DEFAULT, known), 4));
    assertArrayEquals(new int[] {3, 2, 3, 2}, first(labels(LabelChoice.Shares.UNIFORM, known), 4));
    assertArrayEquals(new int[] {0, 0}, first(labels(list(number(0)), known), 2));
    assertArrayEquals(new int[] {3, 2}, labels(DEFAULT, known).recorded(3, 2));
    var guide = new Guide(Optional.of(1));
    assertArrayEquals(new int[] {1, 1}, first(labels(DEFAULT, known, guide), 2));
  }

  @Test
  void classesOfGivenStatesCountLessThanThoseThatAreAskedFor() {
    Optional<LongToIntFunction> given = Optional.of(n -> 3);
    var coat = new Guide(Optional.of(2));
    var known = new Complete(List.of(0L), Optional.empty());
    assertEquals(3, labels(DEFAULT, known).of(0, given).applyAsInt(5));
    assertEquals(2, labels(DEFAULT, coat).of(0, given).applyAsInt(5));
    assertEquals(0, labels(list(number(0))).of(0, given).applyAsInt(5));
    assertEquals(0, labels(DEFAULT, known).of(0, Optional.empty()).applyAsInt(5));
  }

  @Test
  void filesOfSamplesMayTellTheClassesOfImages(@TempDir Path folder) {
    var known = new Complete(List.of(), Optional.of(file(folder.resolve("a"), 3, -1, 2)));
    int[] drawn = first(labels(DEFAULT), 4);
    assertArrayEquals(new int[] {3, drawn[1], 2, 3}, first(labels(DEFAULT, known), 4));
    var none = new Complete(List.of(), Optional.of(file(folder.resolve("b"))));
    assertArrayEquals(drawn, first(labels(DEFAULT, none), 4));
    var other = new Complete(List.of(), Optional.of(file(folder.resolve("c"), 0, 4, 0)));
    String message =
        assertThrows(RuntimeException.class, () -> first(labels(DEFAULT, other), 2)).getMessage();
    assertTrue(message.contains("labels[1] is 4"), message);
  }

  private static Path file(Path path, int... labels) {
    var integers = labels.length > 0 ? Map.of("labels", Shape.of(3)) : Map.<String, Shape>of();
    try (var stream =
        new TensorStream(path, Map.of(), Map.of("samples", Shape.of(3, 2)), integers)) {
      stream.write("samples", new float[6]);
      if (labels.length > 0) {
        stream.write("labels", labels);
      }
      stream.finish();
    }
    return path;
  }

  @Test
  void recordedAreTheClassesThatTheModelWasGivenOrGuidedTo() {
    LabelChoice inTurn = LabelChoice.Shares.UNIFORM;
    int[] none = {};
    int[] drawn = {0, 2, 3, 0};
    assertArrayEquals(drawn, labels(inTurn).recorded(0, 4));
    assertArrayEquals(none, labels(DATA, false, inTurn).recorded(0, 4));
    assertArrayEquals(none, labels(new Labelled(List.of()), true, inTurn).recorded(0, 4));
    var each = new Guide(Optional.empty());
    var coat = new Guide(Optional.of(2));
    var any = new Guide(Optional.of(-1));
    assertArrayEquals(new int[] {2, 2, 2, 2}, labels(inTurn, coat).recorded(0, 4));
    assertArrayEquals(new int[] {2, 2, 2, 2}, labels(DATA, false, inTurn, coat).recorded(0, 4));
    assertArrayEquals(drawn, labels(DATA, false, inTurn, each).recorded(0, 4));
    assertArrayEquals(none, labels(inTurn, any).recorded(0, 4));
    assertArrayEquals(drawn, labels(inTurn, any, each).recorded(0, 4));
  }

  @Test
  void samplesOfOneClassAreComparedWithThatClass() {
    var coats = labels(list(name("coat"), number(2))).like(DATA);
    assertEquals(4, coats.size().orElseThrow());
    var read = ByteBuffer.allocate(8);
    coats.read(0, read);
    assertEquals(5, read.getFloat(0));
    assertThrows(IndexOutOfBoundsException.class, () -> coats.read(4, read));
    assertArrayEquals(new double[] {0, 0, 1, 0}, coats.classShares());
    assertTrue(!coats.fingerprint().equals(DATA.fingerprint()));
    assertEquals(1, labels(DEFAULT, new Guide(Optional.of(3))).like(DATA).size().orElseThrow());
    assertEquals(DATA, labels(list(name("coat"), number(0))).like(DATA));
    assertEquals(DATA, labels(DEFAULT).like(DATA));
    assertEquals(DATA, labels(DATA, false, DEFAULT).like(DATA));
  }

  @Test
  void ofAReferenceItIsTheClassOfThatName() {
    var reference = new Labelled(List.of("coat", "bag"), 0, 0, 0, 1);
    var mix = new ClassMix(DATA, reference);
    LabelChoice bag = list(name("bag"));
    var labels = new SampleLabels(Labelled.recipe(true, bag, Optional.empty()), DATA, mix);
    assertEquals(1, labels.like(reference).size().orElseThrow());
    assertEquals(1, labels.like(reference).label(0));
    assertEquals(5, labels.like(DATA).size().orElseThrow());
    var boots =
        new SampleLabels(Labelled.recipe(true, list(name("boot")), Optional.empty()), DATA, mix);
    assertEquals(0, boots.like(reference).size().orElseThrow());
    var unlabelled = new Labelled(List.of());
    assertEquals(unlabelled, labels.like(unlabelled));
  }

  @Test
  void samplesOfOtherSharesAreOtherSamples() {
    var other = new Labelled(DATA.classNames(), 0, 1, 2, 3);
    assertEquals(labels(DEFAULT).source(), labels(DEFAULT).source());
    assertTrue(!labels(DEFAULT).source().equals(labels(other, true, DEFAULT).source()));
    assertEquals("", labels(LabelChoice.Shares.UNIFORM).source());
    assertEquals("-class-2", labels(list(name("coat"))).suffix());
    assertEquals("", labels(list(name("coat"), number(0))).suffix());
    assertEquals("", labels(DEFAULT).suffix());
  }
}
