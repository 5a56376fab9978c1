package org.score4j.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;

class DryRunTest {
  @Test
  void sizesAreCheckedBeforeDataAreRead(@TempDir Path folder) {
    var tiny = new TinyRun(folder);
    tiny.image("images/0.png", 0);
    for (String setting :
        new String[] {"training.batchSize=1000000000", "sampling.count=2000000000"}) {
      Ended ended = tiny.start("run", tiny.images(), "run", setting, "--dry-run").with(2);
      assertTrue(ended.err().contains("--set " + setting), ended::err);
      assertFalse(ended.err().contains("check data"), ended::err);
    }
  }
}
