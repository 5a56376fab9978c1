package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PluginsTest {

  @Test
  void moduleProvidesTheMetrics() {
    List<String> providers =
        EnergyDistance.class.getModule().getDescriptor().provides().stream()
            .flatMap(provides -> provides.providers().stream())
            .sorted()
            .toList();
    assertEquals(
        List.of(EnergyDistance.class.getName(), SlicedWasserstein.class.getName()), providers);
  }
}
