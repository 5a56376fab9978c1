package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.runner.InProcess.Ended;

/** What commands say is the same in every locale, even in one that the process is left in. */
class LocaleTest {
  @TempDir Path folder;

  private Ended validated(Path recipe) {
    return InProcess.run("validate", "--recipe", recipe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "tr-TR", "de-DE"})
  void messagesDoNotDependOnTheLocale(String tag) {
    Path faulty =
        new TinyRun(folder)
            .file(
                "faulty.json",
                """
                {"data": "mixture", "sde": "vp", "model": {"type": "mlp", "WIDTH": 8},
                 "training": {"steps": 3000000000, "batchSize": 8}, "sampler": "euler-maruyama"}
                """);
    Locale before = Locale.getDefault();
    List<String> lines;
    Ended there;
    try {
      Locale.setDefault(Locale.ROOT);
      lines = validated(faulty).with(2).errLines();
      Locale.setDefault(Locale.forLanguageTag(tag));
      there = validated(faulty).with(2);
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(lines.size() > 1, lines::toString);
    assertEquals(lines, there.errLines());
  }
}
