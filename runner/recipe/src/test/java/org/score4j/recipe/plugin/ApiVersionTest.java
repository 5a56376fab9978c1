package org.score4j.recipe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionTest {
  private static ModuleDescriptor compiledFor(String version) {
    return ModuleDescriptor.newModule("mine")
        .requires(Set.of(), "org.score4j.api", Version.parse(version))
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.1.0, true",
    "0.1.0, 0.1.7, true",
    "0.1.9, 0.1.0, true",
    "0.1.0, 0.2.0, false",
    "0.2.0, 0.1.0, false",
    "0.9.0, 1.0.0, false",
    "1.2.0, 1.2.0, true",
    "1.2.0, 1.5.1, true",
    "1.5.0, 1.2.0, false",
    "1.5.0, 2.5.0, false",
    "1.5.0-SNAPSHOT, 1.5.0, true",
    "5, 1.5.0, true",
  })
  void onlyACompatibleApiRunsAPlugin(String compiled, String here, boolean runs) {
    assertEquals(runs, ApiVersion.refusal(compiledFor(compiled), here).isEmpty());
  }

  @Test
  void aPluginThatWasCompiledWithoutVersionsMayRun() {
    ModuleDescriptor unknown =
        ModuleDescriptor.newModule("mine").requires("org.score4j.api").build();
    assertEquals(Optional.empty(), ApiVersion.refusal(unknown, "0.1.0"));
  }

  @Test
  void theRefusalSaysBothVersionsAndWhatToDo() {
    assertEquals(
        Optional.of(
            "module mine was compiled for org.score4j.api 0.2.0, but this is 0.1.0; get a build of"
                + " the plugin for it, or compile it against score4j-api 0.1.0"),
        ApiVersion.refusal(compiledFor("0.2.0"), "0.1.0"));
  }
}
