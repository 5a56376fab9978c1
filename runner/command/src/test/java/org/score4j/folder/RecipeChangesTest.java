package org.score4j.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.score4j.api.LearningRateSchedule;
import org.score4j.api.Optimizer;
import org.score4j.folder.RecipeChanges.Change;
import org.score4j.recipe.Augmentation;
import org.score4j.recipe.Averaging;
import org.score4j.recipe.Training;

class RecipeChangesTest {

  private static Training training(int steps, LearningRateSchedule schedule) {
    return new Training(
        steps,
        4,
        1,
        mock(Optimizer.class),
        schedule,
        0,
        0,
        0,
        10,
        new Averaging(List.of(0.0)),
        new Augmentation(),
        Optional.empty());
  }

  private static RecipeChanges change(
      String key, String there, String here, LearningRateSchedule schedule) {
    return new RecipeChanges(Map.of(key, there), Map.of(key, here), training(200, schedule), 50);
  }

  private static String kind(String key) {
    LearningRateSchedule constant = mock(LearningRateSchedule.class);
    when(constant.factor(anyLong(), anyLong(), anyLong())).thenReturn(1.0);
    var changes = change(key, "1", "2", constant);
    assertEquals(
        1, changes.refused().size() + changes.turning().size() + changes.harmless().size());
    return changes.refused().isEmpty()
        ? changes.turning().isEmpty() ? "harmless" : "turning"
        : "refused";
  }

  @Test
  void aChangeIsOfOneOfThreeKinds() {
    for (String key :
        List.of(
            "name",
            "sampler.steps",
            "sampler.correctors[1].snr",
            "sampling.count",
            "evaluation[0].type",
            "training.steps",
            "logging.every",
            "checkpoints.every",
            "training.heldOut.every",
            "logging.tensorBoard.samples")) {
      assertEquals("harmless", kind(key), key);
    }
    for (String key :
        List.of(
            "loss.type",
            "training.optimizer.learningRate",
            "training.schedule.type",
            "training.warmup",
            "training.batchSize",
            "training.accumulate",
            "compute.precision",
            "compute.device",
            "compute.threads",
            "training.heldOut.share")) {
      assertEquals("turning", kind(key), key);
    }
    for (String key :
        List.of(
            "seed",
            "sde.betaMax",
            "model.width",
            "data.type",
            "data fingerprint",
            "training.averaging.decays[0]",
            "training.optimizer.type",
            "somethingNew")) {
      assertEquals("refused", kind(key), key);
    }
  }

  @Test
  void anotherEndChangesTheCourseOnlyIfTheScheduleLooksToIt() {
    LearningRateSchedule linear = (step, warmup, steps) -> 1 - (double) step / steps;
    LearningRateSchedule root = (step, warmup, steps) -> 1 / Math.sqrt(step);
    assertEquals(1, change("training.steps", "100", "200", linear).turning().size());
    assertEquals(1, change("training.steps", "100", "200", root).harmless().size());
  }

  @Test
  void whatOneOfTheTwoLacksIsToldAsAbsent() {
    var changes =
        new RecipeChanges(
            Map.of("model.depth", "3", "seed", "1"),
            Map.of("model.width", "8", "seed", "1"),
            training(10, mock(LearningRateSchedule.class)),
            5);
    assertEquals(
        List.of(new Change("model.depth", "3", "absent"), new Change("model.width", "absent", "8")),
        changes.refused());
    assertEquals("model.depth: 3 there, absent now", changes.refused().get(0).toString());
  }

  /** Keys that are new, or need no longer be given, by which nothing changes. */
  @Test
  void wordingIsNoChange() {
    LearningRateSchedule constant = mock(LearningRateSchedule.class);
    var layout = change("data.of.layout", "\"channels-last\"", "absent", constant);
    var standardize = change("standardize", "absent", "true", constant);
    for (RecipeChanges each : List.of(layout, standardize)) {
      assertEquals(List.of(), each.refused());
      assertEquals(List.of(), each.harmless());
    }
    assertEquals(
        1, change("data.layout", "\"channels-first\"", "absent", constant).refused().size());
  }
}
