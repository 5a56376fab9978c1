package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Dataset;
import org.score4j.api.InvalidValueException;
import org.score4j.api.MixtureComponent;
import org.score4j.testkit.DatasetContract;

class MixtureTest implements DatasetContract {
  private static final int COUNT = 100_000;
  private static final double ROOT = Math.sqrt(COUNT);

  private static final Mixture THREE_DIMENSIONAL =
      new Mixture(
          List.of(
              new MixtureComponent(3, List.of(1.0, -2.0, 0.0), List.of(0.5, 1.0, 0.0)),
              new MixtureComponent(1, List.of(-3.0, 4.0, 5.0), List.of(2.0, 0.1, 1.0))),
          11);

  @Override
  public Dataset dataset() {
    return new Mixture();
  }

  @Test
  void componentsAreDrawnByWeight() {
    Sample sample = Sample.of(THREE_DIMENSIONAL, COUNT);
    double share = (double) sample.labelled(1).count() / COUNT;
    assertArrayEquals(new double[] {0.75, 0.25}, THREE_DIMENSIONAL.open().classShares(), 1e-15);
    assertEquals(0.25, share, 4 * Math.sqrt(0.25 * 0.75) / ROOT);
  }

  @Test
  void eachComponentHasItsMeanAndStandardDeviation() {
    Sample sample = Sample.of(THREE_DIMENSIONAL, COUNT);
    for (int k = 0; k < 2; k++) {
      Sample component = sample.labelled(k);
      double root = Math.sqrt(component.count());
      for (int i = 0; i < 3; i++) {
        int axis = i;
        double mean = THREE_DIMENSIONAL.components().get(k).mean().get(i);
        double deviation = THREE_DIMENSIONAL.components().get(k).standardDeviation().get(i);
        double variance = deviation * deviation;
        assertEquals(mean, component.mean(x -> x[axis]), 4 * deviation / root);
        assertEquals(variance, component.variance(i), 4 * variance * Math.sqrt(2) / root);
      }
    }
  }

  @Test
  void coordinatesOfAComponentAreUncorrelated() {
    Sample component = Sample.of(THREE_DIMENSIONAL, COUNT).labelled(1);
    double covariance = component.mean(x -> (x[0] + 3) * (x[2] - 5));
    assertEquals(0, covariance, 4 * 2 * 1 / Math.sqrt(component.count()));
  }

  @Test
  void defaultIsEightGaussiansOnACircle() {
    Sample sample = Sample.of(new Mixture(), COUNT);
    for (int k = 0; k < 8; k++) {
      Sample mode = sample.labelled(k);
      double angle = k * Math.PI / 4;
      double tolerance = 4 * 0.1 / Math.sqrt(mode.count());
      assertEquals(1.4 * Math.cos(angle), mode.mean(x -> x[0]), tolerance);
      assertEquals(1.4 * Math.sin(angle), mode.mean(x -> x[1]), tolerance);
      assertEquals(0.125, (double) mode.count() / COUNT, 4 * Math.sqrt(0.125 * 0.875) / ROOT);
    }
    // The fourth moment of a coordinate is below 1.4^4, hence the standard error below 1.7 / ROOT.
    assertEquals(0.99, sample.variance(0), 4 * 1.7 / ROOT);
    assertEquals(0.99, sample.variance(1), 4 * 1.7 / ROOT);
  }

  @Test
  void fingerprintChangesWithAnyNumberOfAComponent() {
    String original = of(1, 0.0, 1.0);
    assertEquals(original, of(1, 0.0, 1.0));
    assertNotEquals(original, of(Math.nextUp(1), 0.0, 1.0));
    assertNotEquals(original, of(1, 1.0, 1.0));
    assertNotEquals(original, of(1, 0.0, 2.0));
  }

  private static String of(double weight, double mean, double deviation) {
    MixtureComponent changed = new MixtureComponent(weight, List.of(mean), List.of(deviation));
    MixtureComponent other = new MixtureComponent(1, List.of(3.0), List.of(1.0));
    return new Mixture(List.of(changed, other), 0).open().fingerprint();
  }

  @Test
  void componentsOfDifferentDimensionsAreRefused() {
    List<MixtureComponent> components =
        List.of(
            new MixtureComponent(1, List.of(0.0), List.of(1.0)),
            new MixtureComponent(1, List.of(0.0, 0.0), List.of(1.0, 1.0)));
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> new Mixture(components, 0));
    assertEquals(
        "components: must all have the same dimension, found means of [1, 2] numbers",
        e.getMessage());
  }

  @Test
  void noComponentsAndInfiniteWeightAreRefused() {
    assertThrows(InvalidValueException.class, () -> new Mixture(List.of(), 0));
    MixtureComponent huge = new MixtureComponent(1e308, List.of(0.0), List.of(1.0));
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> new Mixture(List.of(huge, huge), 0));
    assertTrue(e.getMessage().contains("finite sum"), e.getMessage());
  }
}
