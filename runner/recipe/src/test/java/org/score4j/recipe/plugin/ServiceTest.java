package org.score4j.recipe.plugin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.PluginService;

class ServiceTest {
  @ParameterizedTest
  @EnumSource(Service.class)
  void itsPluginsAreDeclaredForTheClassPath(Service service) {
    assertTrue(service.type().isAnnotationPresent(PluginService.class));
  }
}
