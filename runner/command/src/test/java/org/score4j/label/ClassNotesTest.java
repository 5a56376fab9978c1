package org.score4j.label;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.score4j.engine.label.ClassLabel;
import org.score4j.engine.label.LabelChoice;

class ClassNotesTest {
  private static ClassNotes notes(
      Labelled data, boolean conditional, LabelChoice choice, Optional<Double> labelDropout) {
    var recipe = Labelled.recipe(conditional, choice, labelDropout);
    var mix = new ClassMix(data, data);
    return new ClassNotes(recipe, mix, new SampleLabels(recipe, data, mix));
  }

  private static ClassNotes notes(Labelled data) {
    return notes(data, true, LabelChoice.Shares.DATA, Optional.of(0.0));
  }

  @Test
  void classesWithoutExamplesAreReported() {
    assertEquals(
        List.of(
            "class 0 has no examples (labels from 0 to 3 make 4 classes); no sample is drawn of"
                + " it"),
        notes(new Labelled(List.of(), 1, 2, 3, 1)).ofTraining());
    assertEquals(
        List.of(
            "classes 0, 2, 3, 5 to 8 have no examples (labels from 0 to 9 make 10 classes); no"
                + " sample is drawn of them"),
        notes(new Labelled(List.of(), 1, 4, 9)).ofTraining());
    assertEquals(
        List.of(
            "classes 1 to 999999 have no examples (labels from 0 to 1000000 make 1,000,001"
                + " classes); no sample is drawn of them"),
        notes(new Labelled(List.of(), 0, 1_000_000)).ofTraining());
    assertEquals(
        List.of(
            "class 1 (dog) has no examples (labels from 0 to 1 make 2 classes); no sample is"
                + " drawn of it"),
        ClassNotes.withoutExamples(new Labelled(List.of("cat", "dog"), 0)));
    assertEquals(List.of(), ClassNotes.withoutExamples(new Labelled(List.of(), 0, 1)));
    assertEquals(List.of(), ClassNotes.withoutExamples(new Labelled(List.of())));
  }

  @Test
  void classesThatTheModelDoesNotTakeAreReported() {
    var data = new Labelled(List.of(), 0, 1, 2);
    String unused =
        notes(data, false, LabelChoice.Shares.DATA, Optional.of(0.0)).ofTraining().get(0);
    assertTrue(unused.contains("3 classes, and the model takes none"), unused);
    var dropout = notes(data, false, LabelChoice.Shares.DATA, Optional.of(0.1)).ofTraining();
    assertTrue(dropout.get(1).contains("labelDropout has no effect"), dropout.get(1));
    var unlabelled = new Labelled(List.of());
    assertEquals(
        List.of("training.labelDropout has no effect, as the data are not labelled"),
        notes(unlabelled, true, LabelChoice.Shares.DATA, Optional.of(0.1)).ofTraining());
    assertEquals(List.of(), notes(data).ofTraining());
  }

  @Test
  void metricsOfOtherSharesThanTheDataHaveAreReported() {
    var uneven = new Labelled(List.of(), 0, 0, 0, 1);
    var even = new Labelled(List.of(), 0, 1);
    LabelChoice uniform = LabelChoice.Shares.UNIFORM;
    assertEquals(1, notes(uneven, true, uniform, Optional.of(0.0)).ofSampling(true).size());
    assertEquals(0, notes(uneven, true, uniform, Optional.of(0.0)).ofSampling(false).size());
    assertEquals(0, notes(even, true, uniform, Optional.of(0.0)).ofSampling(true).size());
    assertEquals(0, notes(uneven).ofSampling(true).size());
    // An unconditional model draws whatever it draws.
    assertEquals(0, notes(uneven, false, uniform, Optional.of(0.0)).ofSampling(true).size());
  }

  @Test
  void aClassThatWasNotLearnedIsReportedWhereItIsAskedFor() {
    var data = new Labelled(List.of(), 1, 2);
    var zero = new LabelChoice.Cycle(List.of(new ClassLabel.Number(0)));
    assertEquals(
        List.of("class 0 has no examples in the data: the model has not learned it"),
        notes(data, true, zero, Optional.of(0.0)).ofSampling(false));
  }

  @Test
  void sharesAreShownWithNames() {
    assertEquals(
        "0 (cat) 75.0 %, 1 (dog) 25.0 %",
        notes(new Labelled(List.of("cat", "dog"), 0, 0, 1, 0)).shares());
  }

  @Test
  void classesThatTakeTurnsHaveColumns() {
    assertEquals(OptionalInt.of(3), ClassColumns.of(new int[] {0, 2, 5, 0, 2, 5, 0}));
    assertEquals(OptionalInt.empty(), ClassColumns.of(new int[] {0, 2, 5, 0, 5, 2}));
    assertEquals(OptionalInt.empty(), ClassColumns.of(new int[] {3, 3, 3}));
    assertEquals(OptionalInt.empty(), ClassColumns.of(new int[0]));
  }

  @Test
  void examplesAreFoundForWantedClasses() {
    var data = new Labelled(List.of(), 1, 1, 0, 1, 2);
    assertArrayEquals(
        new long[] {2, 0, -1, 1, 4}, ExamplesOfClasses.find(data, new int[] {0, 1, 0, 1, 2}));
  }
}
