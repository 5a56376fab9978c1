package org.score4j.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.console.StandardOutput;
import org.score4j.runner.console.Terminal;
import org.score4j.runner.doctor.JvmFault;
import org.score4j.runner.doctor.Machine;
import picocli.CommandLine;

/** README and manual: links lead somewhere, and commands are such as the runner understands. */
class DocsTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Pattern COMMAND =
      Pattern.compile("^(?:source <\\()?runner/bin/runner (.*?)\\)?(?:\\s+#.*)?$");
  private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\")([^)\"#]+)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> manual = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages = new ArrayList<>(manual.sorted().toList());
      pages.add(ROOT.resolve("README.md"));
      return pages.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    String prose = Files.readString(page).replaceAll("(?s)```.*?```", "");
    Matcher links = LINK.matcher(prose);
    while (links.find()) {
      String link = links.group(1);
      boolean local = !link.startsWith("http");
      assertTrue(
          !local || Files.exists(page.resolveSibling(link)), () -> page + " links to " + link);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsAreUnderstood(Path page) throws IOException {
    for (String line : Files.readString(page).replace("\\\n", " ").lines().toList()) {
      Matcher command = COMMAND.matcher(line.replaceFirst(" [>|].*", ""));
      if (command.matches()) {
        List<String> words = words(command.group(1));
        var parsed = understood(words);
        assertEquals(List.of(), parsed.unmatched(), line);
        examples(words).forEach(path -> assertTrue(Files.exists(ROOT.resolve(path)), line));
      }
    }
  }

  private static Stream<String> examples(List<String> words) {
    return words.stream().filter(word -> word.startsWith("examples/"));
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.strip());
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  private static CommandLine.ParseResult understood(List<String> words) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    var display =
        new ProgressDisplay(nowhere, StandardCharsets.UTF_8, Terminal.none(), System::nanoTime);
    var output = new StandardOutput(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
    var fault = new JvmFault(() -> Machine.here(Path.of("runs")));
    Interruption interruption = Interruption.listen();
    try {
      var module = new CommandModule(interruption, display, output, fault);
      return RunnerCommand.line(Guice.createInjector(module))
          .parseArgs(words.toArray(String[]::new));
    } finally {
      interruption.finished();
    }
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertTrue(Files.readAllLines(ROOT.resolve("README.md")).size() <= 100);
  }
}
