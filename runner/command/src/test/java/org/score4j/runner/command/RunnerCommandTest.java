package org.score4j.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.console.StandardOutput;
import org.score4j.runner.console.Terminal;
import org.score4j.runner.doctor.JvmFault;
import org.score4j.runner.doctor.Machine;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

class RunnerCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StandardOutput output = new StandardOutput(out, StandardCharsets.UTF_8);

  private final Interruption interruption = Interruption.listen();

  @AfterEach
  void letTheProcessEnd() {
    interruption.finished();
  }

  private CommandLine line() {
    var display =
        new ProgressDisplay(
            new PrintStream(err, true, StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            Terminal.none(),
            System::nanoTime);
    return RunnerCommand.line(
        Guice.createInjector(
            new CommandModule(
                interruption, display, output, new JvmFault(() -> Machine.here(Path.of("runs"))))));
  }

  @Test
  void everyOptionOfEveryCommandTakesTheNameOfACommandAsItsValue() {
    CommandLine line = line();
    List<String> refused = new ArrayList<>();
    int tried = 0;
    for (String name : line.getSubcommands().keySet()) {
      for (OptionSpec option : line.getCommandSpec().options()) {
        tried += tries(line, option, List.of(option.longestName(), name), refused);
      }
      for (OptionSpec option : line.getSubcommands().get(name).getCommandSpec().options()) {
        tried += tries(line, option, List.of(name, option.longestName(), "run"), refused);
      }
    }
    assertEquals(List.of(), refused);
    assertTrue(tried > 50, tried + " tried");
  }

  private static int tries(
      CommandLine line, OptionSpec option, List<String> arguments, List<String> refused) {
    boolean takesText = option.type() == Path.class || option.type() == String.class;
    boolean takesMany =
        option.isMultiValue()
            && (option.auxiliaryTypes()[0] == Path.class
                || option.auxiliaryTypes()[0] == String.class);
    if (!takesText && !takesMany) {
      return 0;
    }
    try {
      line.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      if (!(e instanceof CommandLine.MissingParameterException)
          || e.getMessage().contains("Expected parameter")) {
        refused.add(arguments + ": " + e.getMessage());
      }
    }
    return 1;
  }

  @Test
  void theNameOfACommandIsStillACommandWhereNoValueIsDue() {
    CommandLine line = line();
    assertEquals(
        "sample", line.parseArgs("sample", "--run", "run").subcommand().commandSpec().name());
    assertEquals(2, line.execute("--recipe", "run", "sample", "--run", "x"));
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Options go after the command"));
  }

  @Test
  void argumentsAreRepeatedWithoutControlCharacters() {
    assertEquals(2, line().execute("\u001b[31msa\rmple"));
    String told = err.toString(StandardCharsets.UTF_8);
    assertTrue(told.startsWith("unknown command \\u001b[31msa\\rmple"), told);
    assertFalse(told.contains("\u001b"), told);
  }

  @Test
  void aPathWithANulCharacterIsBadInput() {
    assertEquals(2, line().execute("validate", "--recipe", "a\0b"));
    assertEquals(
        "Invalid value for option '--recipe': a\\u0000b: is not a path on this system: Nul character not allowed",
        err.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
  }
}
