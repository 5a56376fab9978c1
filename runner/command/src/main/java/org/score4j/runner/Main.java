package org.score4j.runner;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.score4j.runner.command.CommandModule;
import org.score4j.runner.command.Interruption;
import org.score4j.runner.command.RunnerCommand;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.console.StandardOutput;
import org.score4j.runner.doctor.JvmFault;
import org.score4j.runner.doctor.Machine;

/** The entry of the command line. */
public final class Main {
  private static final int FAILURE = 1;

  private Main() {}

  /**
   * Runs a command and ends the process with its status: 0 done, 1 failure, 2 bad input, 130
   * interrupted.
   */
  public static void main(String[] arguments) {
    // TensorFlow for Java numbers the operations of a graph in the digits of the default locale,
    // and
    // its native library refuses those that are not 0 to 9.
    Locale.setDefault(Locale.ROOT);
    JvmFault fault = new JvmFault(() -> Machine.here(Path.of("runs")));
    LastWords lastWords = new LastWords(fault);
    int status = FAILURE;
    Optional<Interruption> interruption = Optional.empty();
    try {
      StandardOutput output = StandardOutput.ofProcess();
      System.setOut(output.lines());
      ProgressDisplay display = ProgressDisplay.onStandardError();
      // What libraries log goes above the progress bar, not into it.
      System.setErr(display.lines());
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, thrown) -> {
            lastWords.say(thrown);
            System.exit(FAILURE);
          });
      // Image I/O would keep what it writes in a folder for temporary files, which may not be
      // there.
      ImageIO.setUseCache(false);
      interruption = Optional.of(Interruption.listen());
      Injector injector =
          Guice.createInjector(new CommandModule(interruption.get(), display, output, fault));
      status = RunnerCommand.execute(injector, arguments);
      Optional<String> lost = output.finish();
      if (lost.isPresent()) {
        display.println("runner: cannot write to standard output: " + lost.get());
        status = Math.max(status, FAILURE);
      }
    } catch (Throwable thrown) {
      status = FAILURE;
      lastWords.say(thrown);
    } finally {
      boolean stopping = interruption.map(Interruption::requested).orElse(false);
      interruption.ifPresent(Interruption::finished);
      // If it is stopping, the virtual machine waited for this thread and ends with the signal's
      // status; to ask for another would block.
      if (!stopping) {
        System.exit(status);
      }
    }
  }
}
