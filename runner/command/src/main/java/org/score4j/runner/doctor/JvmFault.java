package org.score4j.runner.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.score4j.format.text.Bytes;

/**
 * Words for what ends a command from below: memory, native libraries, classes. The JVM names what
 * it lacks; the user needs to know what to give it.
 */
public final class JvmFault {
  private static final int MOST_CAUSES = 50;

  private final Supplier<Machine> machine;

  /** Words for faults on a machine, which is looked at only if they depend on it. */
  public JvmFault(Supplier<Machine> machine) {
    this.machine = machine;
  }

  /** What is lacking and what to do; empty unless an {@link Error} is at the bottom of it. */
  public Optional<String> words(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof Error error && !(cause instanceof AssertionError)) {
        return Optional.of(words(error));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MOST_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause;
  }

  private String words(Error error) {
    if (error instanceof OutOfMemoryError) {
      return memory(String.valueOf(error.getMessage()));
    }
    if (error instanceof StackOverflowError) {
      return "Java's stack is too small for this input; a larger one: JAVA_OPTS=-Xss16m runner ...";
    }
    if (error instanceof LinkageError && isNative(error)) {
      return "TensorFlow's native library does not load: "
          + NativeLibrary.reason(error)
          + "; "
          + NativeLibrary.remedy(error, machine.get());
    }
    if (error instanceof LinkageError) {
      return "a class cannot be used: "
          + shown(error)
          + "; a jar in lib/ or plugins/ is damaged or of another version: replace it; runner doctor"
          + " checks them";
    }
    return "the virtual machine failed: " + shown(error);
  }

  private static String memory(String told) {
    String lower = told.toLowerCase(Locale.ROOT);
    if (lower.contains("native thread")) {
      return "out of memory: no further thread can be started; end other programs, or raise the"
          + " limit of processes (ulimit -u)";
    }
    if (lower.contains("direct buffer") || lower.contains("direct memory")) {
      return "out of memory for Java's direct buffers ("
          + told
          + "); give them more: JAVA_OPTS=-XX:MaxDirectMemorySize=4g runner ...";
    }
    if (lower.contains("metaspace")) {
      return "out of memory for Java's classes (" + told + "); raise -XX:MaxMetaspaceSize";
    }
    if (lower.contains("physical memory")) {
      return "out of memory (" + told + "); lower training.batchSize or sampling.batchSize";
    }
    return "out of memory: Java's heap of "
        + Bytes.shown(Runtime.getRuntime().maxMemory())
        + " is too small ("
        + told
        + "); give it more, as in JAVA_OPTS=-Xmx4g runner ..., or read less at a time";
  }

  private static boolean isNative(Error error) {
    return names(error) || names(innermost(error));
  }

  private static boolean names(Throwable thrown) {
    String told = thrown.toString();
    return thrown instanceof UnsatisfiedLinkError
        || told.contains("org.tensorflow.internal")
        || told.contains("org.bytedeco.javacpp")
        || thrown instanceof IllegalCallerException;
  }

  private static String shown(Error error) {
    Throwable cause = innermost(error);
    String message = String.valueOf(cause.getMessage());
    return cause.getClass().getSimpleName() + (message.equals("null") ? "" : " " + message);
  }
}
