package org.score4j.runner.doctor;

import java.nio.file.Path;

/** Why TensorFlow's native library does not load, and what to do about it. */
final class NativeLibrary {
  private static final String ELSEWHERE =
      "choose another folder: JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR runner ...";

  private NativeLibrary() {}

  /** The innermost cause, which is the loader's own. */
  static String reason(Throwable thrown) {
    Throwable cause = JvmFault.innermost(thrown);
    String message = String.valueOf(cause.getMessage()).strip();
    return message
        .lines()
        .findFirst()
        .filter(line -> !line.equals("null"))
        .orElse(cause.toString());
  }

  /** What to do. */
  static String remedy(Throwable thrown, Machine machine) {
    String reason = reason(thrown);
    if (JvmFault.innermost(thrown) instanceof IllegalCallerException) {
      return "allow its module to call native code: JAVA_OPTS=--enable-native-access="
          + "org.bytedeco.javacpp,tensorflow.nativelib runner ...";
    }
    if (reason.contains("cannot open shared object file") && reason.contains("libstdc++")) {
      return "install the C++ library of the system (libstdc++6)";
    }
    if (reason.contains("GLIBC") || reason.contains("GLIBCXX")) {
      return "the system's C or C++ library is too old; use a newer system";
    }
    Machine.Place cache = machine.cache();
    if (!cache.writable()) {
      return "the native cache " + cache.path() + " cannot be written; " + ELSEWHERE;
    }
    if (reason.contains("Could not find jni") || reason.startsWith("no jni")) {
      return jar(machine);
    }
    // A library of TensorFlow's own lacks another one, or is cut short.
    boolean incomplete = reason.contains("libtensorflow") || reason.contains("too short");
    return room(cache.path()) + (incomplete ? "" : "; if there is room, " + jar(machine));
  }

  private static String jar(Machine machine) {
    return "lib/ must hold tensorflow-core-native-...-"
        + machine.platform()
        + ".jar and no other platform's: build the distribution on this machine, with ./mvnw"
        + " -DskipTests package";
  }

  private static String room(Path cache) {
    return "it was not unpacked whole into the native cache "
        + cache
        + ": make room there and delete tensorflow-core-native-*, or "
        + ELSEWHERE;
  }
}
