package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.KnownImages;

class ClassesOfControlsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  private static ClassifierFreeGuidance guidance(double weight) {
    return new ClassifierFreeGuidance(weight, 0, INFINITY, Optional.of(2));
  }

  private static String refusal(
      ClassifierFreeGuidance guidance, boolean conditional, double share) {
    return assertThrows(
            InvalidValueException.class,
            () -> guidance.check(conditional, OptionalDouble.of(share)))
        .getMessage();
  }

  @Test
  void guidanceOfAModelWithoutClassesIsRefused() {
    String told = refusal(guidance(3), false, 0.1);
    assertTrue(told.startsWith("weight: needs a model that takes classes"), told);
    refusal(guidance(1), false, 0.1);
    assertThrows(InvalidValueException.class, () -> guidance(3).check(false, UNKNOWN));
    // The score for any class is all that such a model has.
    assertEquals(List.of(), guidance(0).check(false, UNKNOWN));
  }

  @Test
  void guidanceOfAModelTrainedWithoutLabelDropoutIsRefused() {
    String told = refusal(guidance(3), true, 0);
    assertTrue(told.contains("training.labelDropout 0"), told);
    refusal(guidance(0), true, 0);
    refusal(new ClassifierFreeGuidance(0, 1, 2, Optional.empty()), true, 0);
    assertEquals(List.of(), guidance(1).check(true, OptionalDouble.of(0)));
    assertEquals(List.of(), guidance(3).check(true, OptionalDouble.of(0.1)));
  }

  @Test
  void unknownLabelDropoutIsAllowedWithANote() {
    List<String> notes = guidance(3).check(true, UNKNOWN);
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("label dropout is unknown"), notes.get(0));
    assertEquals(List.of(), guidance(1).check(true, UNKNOWN));
  }

  @Test
  void targetsAreTheClassesThatAreGuidedTo() {
    assertEquals(Optional.of(2), guidance(3).target());
    assertEquals(Optional.of(-1), guidance(0).target());
    assertEquals(Optional.of(2), new ClassifierFreeGuidance(0, 1, 2, Optional.of(2)).target());
    assertEquals(Optional.empty(), new ClassifierFreeGuidance().target());
    assertEquals(
        Optional.of(5), new ClassifierGuidance(Path.of("run"), 1, Optional.of(5)).target());
    assertEquals(Optional.empty(), new ClassifierGuidance().target());
  }

  /** Examples are of the class that their number is; files have the classes 4 and any. */
  private record Numbered() implements KnownImages.Labels {
    @Override
    public OptionalInt ofExample(long number) {
      return OptionalInt.of((int) number);
    }

    @Override
    public List<Integer> ofFile(Path file) {
      return file.startsWith("unlabelled") ? List.of() : List.of(4, -1);
    }
  }

  @Test
  void samplesAreOfTheClassOfTheirImage() {
    var images = new Images(List.of(7L, 3L));
    for (KnownImages control :
        List.of(
            new Inpainting(images, new Mask(), Known.PATH),
            new Colorization(images, Known.PATH),
            new Replacement(images, new Mask(), Known.PATH),
            new GradientGuidance(images, new Mask(), 1, 0.5, 0))) {
      assertEquals(OptionalInt.of(7), control.imageClass(4, new Numbered()));
      assertEquals(OptionalInt.of(3), control.imageClass(5, new Numbered()));
    }
    assertEquals(OptionalInt.of(4), file("a.safetensors").imageClass(2, new Numbered()));
    assertEquals(OptionalInt.empty(), file("a.safetensors").imageClass(3, new Numbered()));
    assertEquals(OptionalInt.empty(), file("a.png").imageClass(0, new Numbered()));
    assertEquals(
        OptionalInt.empty(), file("unlabelled/a.safetensors").imageClass(0, new Numbered()));
    var measured = new Images(List.of(), Optional.empty(), Optional.of(Path.of("y.safetensors")));
    assertEquals(OptionalInt.of(4), measured.imageClass(0, new Numbered()));
  }

  private static Images file(String name) {
    return new Images(List.of(), Optional.of(Path.of(name)), Optional.empty());
  }
}
