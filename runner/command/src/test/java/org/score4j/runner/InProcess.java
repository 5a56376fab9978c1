package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.runner.command.CommandModule;
import org.score4j.runner.command.Interruption;
import org.score4j.runner.command.RunnerCommand;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.console.StandardOutput;
import org.score4j.runner.console.Terminal;
import org.score4j.runner.doctor.JvmFault;
import org.score4j.runner.doctor.Machine;

/** Commands of the runner with the plugins that this build compiled, in this very process. */
public final class InProcess {
  private static final List<String> PLUGINS =
      List.of(
          "sde-plugins",
          "model-plugins/model",
          "model-plugins/loss",
          "model-plugins/optimizer",
          "sampler-plugins",
          "control-plugins",
          "data-plugins/data",
          "data-plugins/metric");

  private InProcess() {}

  /** How a command ended, and what it printed to standard output and to standard error. */
  public record Ended(int status, String out, String err) {
    /** This, which must have that status. */
    public Ended with(int expected) {
      assertEquals(expected, status, this::toString);
      return this;
    }

    /** This, with paths relative to a folder, as they are told to who works there. */
    public Ended within(Path folder) {
      try {
        String there = folder.toRealPath() + File.separator;
        return new Ended(status, out.replace(there, ""), err.replace(there, ""));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The lines of standard error. */
    public List<String> errLines() {
      return err.lines().toList();
    }

    /** The lines of standard output. */
    public List<String> outLines() {
      return out.lines().toList();
    }
  }

  /** Runs a command to its end; its paths are relative to the working folder of the build. */
  public static Ended run(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    var told = new ByteArrayOutputStream();
    var complained = new ByteArrayOutputStream();
    String plugins = System.getProperty("score4j.plugins", "");
    Interruption interruption = Interruption.listen();
    System.setProperty("score4j.plugins", folders());
    StandardOutput output = new StandardOutput(told, StandardCharsets.UTF_8);
    System.setOut(output.lines());
    ProgressDisplay display =
        new ProgressDisplay(
            new PrintStream(complained, true, StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            Terminal.ofStandardError(),
            System::nanoTime);
    System.setErr(display.lines());
    try {
      int status =
          RunnerCommand.execute(
              Guice.createInjector(
                  new CommandModule(
                      interruption,
                      display,
                      output,
                      new JvmFault(() -> Machine.here(Path.of("runs"))))),
              Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
      output.finish();
      System.err.flush();
      return new Ended(
          status,
          told.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.setProperty("score4j.plugins", plugins);
      interruption.finished();
    }
  }

  /** The plugins that commands find. */
  public static PluginCatalogue catalogue() {
    return PluginCatalogue.load(
        Stream.of(folders().split(File.pathSeparator)).map(Path::of).toList());
  }

  /** The plugins' own modules, and the libraries that they bring with them. */
  public static List<Path> plugins() {
    return Stream.of(folders().split(File.pathSeparator)).map(Path::of).toList();
  }

  private static String folders() {
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    Stream<String> own =
        PLUGINS.stream()
            .map(plugin -> root.resolve(plugin).resolve("target").resolve("classes").toString());
    Stream<String> libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> jar.contains("twelvemonkeys"));
    return Stream.concat(own, libraries).collect(Collectors.joining(File.pathSeparator));
  }
}
