package org.score4j.engine.device;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.util.Map;

/**
 * Keeps TensorFlow's lines of information and warning off the standard error of a program that has
 * not asked for them by TF_CPP_MIN_LOG_LEVEL.
 *
 * <p>The native library reads that variable once, when it is loaded, and Java cannot change the
 * environment of its own process: the C library's {@code setenv} can, if it is called before. The
 * launcher of the command line sets the variable itself. On Windows the lines stay.
 */
public final class NativeLog {
  private static final String VARIABLE = "TF_CPP_MIN_LOG_LEVEL";
  private static final String ERRORS = "2";

  // The environment concerns the process, so that class initialization is its one state.
  private static final String LEVEL = settled(System.getenv());

  private NativeLog() {}

  /** The level in force, once for the process; to be called before TensorFlow is loaded. */
  public static String level() {
    return LEVEL;
  }

  private static String settled(Map<String, String> environment) {
    if (environment.containsKey(VARIABLE)) {
      return environment.get(VARIABLE);
    }
    if (Platform.isWindows()) {
      return "0";
    }
    try {
      Function.getFunction(Platform.C_LIBRARY_NAME, "setenv")
          .invokeInt(new Object[] {VARIABLE, ERRORS, 1});
      return ERRORS;
    } catch (LinkageError | IllegalCallerException e) {
      // The JVM may be told to refuse native code. More lines are no reason to fail.
      return "0";
    }
  }
}
