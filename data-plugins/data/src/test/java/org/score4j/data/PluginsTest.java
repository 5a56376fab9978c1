package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.score4j.api.PluginName;

class PluginsTest {

  @Test
  void moduleProvidesEveryDataSetUnderItsName() {
    Set<String> names =
        Mixture.class.getModule().getDescriptor().provides().stream()
            .flatMap(provides -> provides.providers().stream())
            .map(PluginsTest::name)
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "checkerboard",
            "cifar-10",
            "fashion-mnist",
            "idx",
            "image-folder",
            "mixture",
            "no-images",
            "npy",
            "spirals",
            "subset",
            "swiss-roll",
            "tfrecord",
            "two-moons",
            "zip"),
        names);
  }

  private static String name(String provider) {
    try {
      return Class.forName(provider).getAnnotation(PluginName.class).value();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
