package org.score4j.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.score4j.api.Sde;
import org.score4j.report.plane.Timeline;

class PathRecorderTest {
  private static final Sde SDE = NormalData.recipe(1).sde();
  private static final Timeline TIMELINE = new Timeline(SDE, 1);

  private static void tell(PathRecorder recorder, double t, float... state) {
    double[] times = new double[state.length];
    java.util.Arrays.fill(times, t);
    recorder.state(times, () -> state);
  }

  @Test
  void theWayIsEvenOnTheTimelineFromTheFirstStateToTheSamples() {
    var recorder = new PathRecorder(1000);
    // x = alpha a + sigma b is what goes straight, with a and b of each sample.
    double end = SDE.endTime();
    for (int k = 0; k < 7; k++) {
      double t = end * (1 - k / 7.0);
      tell(recorder, t, at(t, 1, -2), at(t, 0, 3));
    }
    float[] samples = {at(SDE.startTime(), 1, -2), at(SDE.startTime(), 0, 3)};
    var points = recorder.points(TIMELINE, samples, 11, true);
    for (int i = 0; i <= 10; i++) {
      assertEquals(1 - i / 10.0, points.places()[i], 1e-9);
      double t = TIMELINE.time(1 - i / 10.0);
      assertEquals(at(t, 1, -2), points.states()[i][0], 1e-5);
      assertEquals(at(t, 0, 3), points.states()[i][1], 1e-5);
    }
    assertArrayEquals(new float[] {at(end, 1, -2), at(end, 0, 3)}, points.states()[0]);
    assertArrayEquals(samples, points.states()[10]);
  }

  private static float at(double t, double a, double b) {
    return (float) (SDE.alpha(t) * a + SDE.sigma(t) * b);
  }

  @Test
  void imagesStayAtTheStatesThatThereWere() {
    var recorder = new PathRecorder(1000);
    tell(recorder, 3, 5);
    tell(recorder, 0.4, 6);
    var points = recorder.points(TIMELINE, new float[] {7}, 9, false);
    double jump = 1 - TIMELINE.place(0.4);
    for (int i = 0; i <= 8; i++) {
      float expected = i == 8 ? 7 : i / 8.0 < jump ? 5 : 6;
      assertEquals(expected, points.states()[i][0], "point " + i);
    }
  }

  @Test
  void aPredictionThatIsCorrectedIsNoState() {
    var recorder = new PathRecorder(1000);
    tell(recorder, 3, 0);
    for (double t : new double[] {2, 1, 0.5}) {
      tell(recorder, t, 100);
      tell(recorder, t, (float) t);
    }
    var points = recorder.points(TIMELINE, new float[] {-1}, 50, false);
    for (float[] state : points.states()) {
      assertEquals(true, state[0] < 50);
    }
  }

  @Test
  void stepsAtOneNoiseLevelShareTheWay() {
    var recorder = new PathRecorder(1000);
    for (int k = 0; k < 10; k++) {
      tell(recorder, 0.5, k);
    }
    var points = recorder.points(TIMELINE, new float[] {10}, 11, true);
    for (int i = 0; i <= 10; i++) {
      assertEquals(i, points.states()[i][0], 1e-5);
      assertEquals(TIMELINE.place(0.5), points.places()[i], 1e-12);
    }
  }

  @Test
  void aLongWayKeepsItsEndsAndAnEvenChoiceBetween() {
    var recorder = new PathRecorder(16);
    for (int k = 0; k < 1000; k++) {
      double t = TIMELINE.time(1 - k / 1000.0);
      tell(recorder, t, k);
    }
    var points = recorder.points(TIMELINE, new float[] {1000}, 6, false);
    for (int i = 0; i <= 5; i++) {
      assertEquals(200 * i, points.states()[i][0], i == 0 || i == 5 ? 0 : 130);
    }
  }
}
