package org.score4j.runner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.score4j.runner.doctor.JvmFault;

/** Says why the process ends, whatever is left to say it with. */
final class LastWords {
  // Made beforehand: there may be no memory for it later.
  private final byte[] speechless =
      "runner: out of memory, even for words; give Java more: JAVA_OPTS=-Xmx4g runner ...\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final FileOutputStream error = new FileOutputStream(FileDescriptor.err);
  private final JvmFault fault;

  LastWords(JvmFault fault) {
    this.fault = fault;
  }

  /** Prints a line to standard error. */
  void say(Throwable thrown) {
    try {
      System.err.println("runner: " + fault.words(thrown).orElseGet(() -> unexpected(thrown)));
      System.err.flush();
    } catch (Throwable again) {
      try {
        error.write(speechless);
      } catch (IOException e) {
        // Nobody listens.
        return;
      }
    }
  }

  private static String unexpected(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return "internal error: " + thrown + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
