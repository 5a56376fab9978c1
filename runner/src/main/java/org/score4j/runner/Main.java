package org.score4j.runner;

import com.google.inject.Guice;
import com.google.inject.Injector;
import javax.imageio.ImageIO;
import org.score4j.runner.command.CommandModule;
import org.score4j.runner.command.RunnerCommand;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.run.Interruption;

/** The entry of the command line. */
public final class Main {
  private static final int FAILURE = 1;

  private Main() {}

  /**
   * Runs a command and ends the process with its status: 0 done, 1 failure, 2 bad input, 130
   * interrupted.
   */
  public static void main(String[] arguments) {
    // Image I/O would keep what it writes in a folder for temporary files, which may not be there.
    ImageIO.setUseCache(false);
    ProgressDisplay display = ProgressDisplay.onStandardError();
    // What libraries log goes above the progress bar, not into it.
    System.setErr(display.lines());
    Interruption interruption = Interruption.listen();
    int status = FAILURE;
    try {
      Injector injector = Guice.createInjector(new CommandModule(interruption, display));
      status = RunnerCommand.execute(injector, arguments);
    } finally {
      boolean stopping = interruption.requested();
      interruption.finished();
      // If it is stopping, the virtual machine waited for this thread and ends with the signal's
      // status; to ask for another would block.
      if (!stopping) {
        System.exit(status);
      }
    }
  }
}
