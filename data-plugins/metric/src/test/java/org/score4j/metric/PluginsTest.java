package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PluginsTest {

  @Test
  void moduleProvidesMetricsAndExtractors() {
    List<String> providers =
        EnergyDistance.class.getModule().getDescriptor().provides().stream()
            .flatMap(provides -> provides.providers().stream())
            .sorted()
            .toList();
    assertEquals(
        Stream.of(
                EnergyDistance.class,
                FashionMnistClassifier.class,
                FrechetDistance.class,
                FrozenGraph.class,
                InceptionScore.class,
                KernelDistance.class,
                MeanDiscrepancy.class,
                ModeWeights.class,
                PrecisionRecall.class,
                SavedGraph.class,
                SlicedWasserstein.class)
            .map(Class::getName)
            .toList(),
        providers);
  }
}
