package org.score4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.InvalidInputException;
import org.score4j.Run;
import org.score4j.RunListener;
import org.score4j.TrainedModel;
import org.score4j.runner.InProcess;
import org.score4j.runner.TinyRun;

class ModelWeightsTest {
  @TempDir Path folder;

  @Test
  void whatIsExportedIsImportedAgain() {
    Path recipe = new TinyRun(folder).points();
    Path[] plugins = InProcess.plugins().toArray(Path[]::new);
    Path file = folder.resolve("weights.safetensors");
    var weights = ModelWeights.withPlugins(plugins);
    try (TrainedModel model =
        Run.in(folder.resolve("run")).withPlugins(plugins).train(recipe, RunListener.none())) {
      weights.export(folder.resolve("run"), ExportFormat.SAFETENSORS, file);
      assertThrows(
          InvalidInputException.class,
          () -> weights.export(folder.resolve("run"), ExportFormat.SAFETENSORS, file));
      try (TrainedModel other =
          weights.importInto(folder.resolve("other"), file, Optional.of(recipe))) {
        assertArrayEquals(model.samples().draw(4).values(), other.samples().draw(4).values());
      }
    }
    var missing =
        assertThrows(
            InvalidInputException.class,
            () -> weights.importInto(folder.resolve("none"), file, Optional.empty()));
    assertTrue(missing.getMessage().startsWith("a recipe is missing"), missing::getMessage);
  }
}
