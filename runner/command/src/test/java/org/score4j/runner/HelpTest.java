package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.runner.InProcess.Ended;

/** What --help says. */
class HelpTest {
  @ParameterizedTest
  @CsvSource({
    "'', --recipe --output --set --plugins --stacktrace --help --version run train sample plugins",
    "run, --recipe --output --set --plugins --stacktrace --help",
    "train, --recipe --output --set --plugins --stacktrace --help",
    "sample, --run --count --seed --set --plugins --stacktrace --help",
    "report, --run --output --plugins --stacktrace --help",
    "animate, --run --output --force --direction --count --seed --frames --fps --width --colors"
        + " --denoised --set --with --json --plugins --stacktrace --help",
    "plugins, --plugins --stacktrace --help"
  })
  void helpNamesEveryOption(String command, String names) {
    List<String> arguments = new ArrayList<>(List.of(command, "--help"));
    arguments.removeIf(String::isEmpty);
    Ended ended = InProcess.run(arguments.toArray()).with(0);
    assertEquals("", ended.err());
    assertTrue(ended.out().startsWith(("Usage: runner " + command).strip()), ended::out);
    assertAll(
        List.of(names.split(" ")).stream()
            .map(name -> () -> assertTrue(ended.out().contains(name), () -> name + "\n" + ended)));
    String all = ended.out().replace(System.lineSeparator(), "\n");
    assertTrue(all.chars().noneMatch(c -> c == '\r' || c == 27), all);
  }

  @Test
  void theListOfCommandsTellsWholeSentences() {
    String help = InProcess.run("--help").with(0).out();
    String commands =
        help.replaceFirst("(?s).*\\RCommands:\\R", "").replaceFirst("(?s)\\R\\R.*", "");
    List<String> told = List.of(commands.split("\\R(?=  \\S)"));
    assertTrue(told.size() > 15, commands);
    assertAll(told.stream().map(each -> () -> assertTrue(each.strip().endsWith("."), each)));
  }

  @Test
  void completionKnowsTheCommands() {
    String script = InProcess.run("completion").with(0).out();
    assertTrue(script.contains("validate") && script.contains("--dry-run"), script);
  }
}
