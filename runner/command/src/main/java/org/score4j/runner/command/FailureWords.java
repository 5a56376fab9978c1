package org.score4j.runner.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.score4j.evaluation.MeasuringFailure;
import org.score4j.format.FileFault;
import org.score4j.format.TensorFileException;
import org.score4j.format.text.FileNames;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.runner.doctor.JvmFault;
import org.score4j.sampling.SamplingFailure;
import org.score4j.training.TrainingFailure;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command failed, and chooses its exit status. */
final class FailureWords implements IExecutionExceptionHandler {
  private static final int FAILURE = 1;
  private static final int BAD_INPUT = 2;
  private static final int INTERRUPTED = 130;

  private final JvmFault jvm;

  FailureWords(JvmFault jvm) {
    this.jvm = jvm;
  }

  @Override
  public int handleExecutionException(Exception caught, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    Throwable thrown =
        caught instanceof ExecutionException && caught.getCause() != null
            ? caught.getCause()
            : caught;
    boolean interrupted = thrown instanceof CancellationException;
    boolean badInput =
        thrown instanceof BadInput
            || thrown instanceof TensorFileException
            || thrown instanceof InvalidPathException;
    Optional<String> fault = badInput ? Optional.empty() : jvm.words(thrown);
    if (!interrupted) {
      err.println((badInput ? "" : "runner: ") + fault.orElseGet(() -> words(thrown)));
    }
    RunnerCommand root = (RunnerCommand) line.getCommandSpec().root().userObject();
    if (root.stacktrace()) {
      thrown.printStackTrace(err);
    } else if (!interrupted && !badInput && fault.isEmpty() && !saysAll(thrown)) {
      err.println("        (add --stacktrace to see where this arose)");
    }
    err.flush();
    return interrupted ? INTERRUPTED : badInput ? BAD_INPUT : FAILURE;
  }

  /** Failures whose words leave nothing to look for in the program. */
  private static boolean saysAll(Throwable thrown) {
    return thrown instanceof TrainingFailure
        || thrown instanceof SamplingFailure
        || thrown instanceof MeasuringFailure;
  }

  static String words(Throwable thrown) {
    String message = thrown.getMessage();
    if (thrown instanceof UncheckedIOException file) {
      return file(String.valueOf(message), file.getCause());
    }
    if (thrown instanceof InvalidPathException path) {
      return FileNames.why(path);
    }
    if (message == null || message.isBlank()) {
      StackTraceElement[] trace = thrown.getStackTrace();
      return "internal error: "
          + thrown.getClass().getSimpleName()
          + (trace.length == 0 ? "" : " at " + trace[0]);
    }
    return message;
  }

  /** The message with a reason where the JDK repeats the path. */
  private static String file(String message, IOException cause) {
    String reason = FileFault.reason(cause);
    if (message.equals(cause.toString())) {
      boolean named = cause instanceof FileSystemException system && system.getFile() != null;
      return named ? ((FileSystemException) cause).getFile() + ": " + reason : reason;
    }
    String told = ": " + cause.getMessage();
    return message.endsWith(told) && cause instanceof FileSystemException
        ? message.substring(0, message.length() - told.length()) + ": " + reason
        : message;
  }
}
