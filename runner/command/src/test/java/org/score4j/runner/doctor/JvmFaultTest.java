package org.score4j.runner.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmFaultTest {
  private static final long GIB = 1L << 30;

  private static String told(Throwable thrown) {
    return told(thrown, true);
  }

  private static String told(Throwable thrown, boolean writable) {
    var machine =
        new Machine(
            "17",
            17,
            "linux-x86_64",
            2,
            8 * GIB,
            GIB,
            new Machine.Place(Path.of("runs"), true, GIB, 0),
            new Machine.Place(Path.of("cache"), writable, GIB, 0),
            new Machine.Place(Path.of("tmp"), true, GIB, 0),
            "UTF-8");
    return new JvmFault(() -> machine).words(thrown).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Java heap space, -Xmx4g",
    "Requested array size exceeds VM limit, -Xmx4g",
    "GC overhead limit exceeded, -Xmx4g",
    "Cannot reserve 1 bytes of direct buffer memory, -XX:MaxDirectMemorySize",
    "Metaspace, -XX:MaxMetaspaceSize",
    "unable to create native thread, ulimit -u",
    "Physical memory usage is too high, batchSize"
  })
  void memoryThatIsMissingIsToldWithWhatToGive(String message, String remedy) {
    String told = told(new OutOfMemoryError(message));
    assertTrue(told.startsWith("out of memory") && told.contains(remedy), told);
    assertEquals(1, told.lines().count());
  }

  @Test
  void anErrorIsFoundUnderTheExceptionsOfOtherThreads() {
    var memory = new OutOfMemoryError("Java heap space");
    assertEquals(told(memory), told(new IllegalStateException(new ExecutionException(memory))));
    assertEquals(told(memory), told(new CompletionException(memory)));
    assertTrue(told(new StackOverflowError()).contains("-Xss"));
  }

  @Test
  void exceptionsAndFailedAssertionsAreLeftToOthers() {
    JvmFault fault = new JvmFault(() -> Machine.here(Path.of("runs")));
    assertEquals(Optional.empty(), fault.words(new IllegalStateException("no")));
    assertEquals(Optional.empty(), fault.words(new AssertionError("no")));
  }

  @Test
  void aMissingNativeLibraryIsToldWithTheJarItComesIn() {
    var thrown = new UnsatisfiedLinkError("no jnitensorflow in java.library.path: /usr/lib");
    thrown.initCause(new UnsatisfiedLinkError("Could not find jnitensorflow in class paths."));
    assertEquals(
        "TensorFlow's native library does not load: Could not find jnitensorflow in class paths.;"
            + " lib/ must hold tensorflow-core-native-...-linux-x86_64.jar and no other"
            + " platform's: build the distribution on this machine, with ./mvnw -DskipTests package",
        told(thrown));
    assertTrue(told(new ExceptionInInitializerError(thrown)).contains("lib/ must hold"));
  }

  @Test
  void aNativeLibraryWithoutRoomIsToldWithTheCache() {
    String lacking = "libtensorflow_framework.so.2: cannot open shared object file: No such file";
    String told = told(new UnsatisfiedLinkError(lacking));
    assertTrue(told.contains("native cache cache: make room"), told);
    assertTrue(told.contains("-Dorg.bytedeco.javacpp.cachedir=DIR"), told);
    assertFalse(told.contains("lib/ must hold"), told);
    String locked = told(new UnsatisfiedLinkError(lacking), false);
    assertTrue(locked.contains("cannot be written"), locked);
  }

  @Test
  void theSystemsOwnLibrariesAreNamed() {
    String missing = "libstdc++.so.6: cannot open shared object file: No such file";
    assertTrue(told(new UnsatisfiedLinkError(missing)).contains("install the C++ library"));
    String old = "/lib/libm.so.6: version `GLIBC_2.29' not found";
    assertTrue(told(new UnsatisfiedLinkError(old)).contains("too old"));
    assertTrue(
        told(new NoClassDefFoundError(
                "Could not initialize class org.tensorflow.internal.c_api.global.tensorflow"))
            .startsWith("TensorFlow's native library does not load: "));
  }

  @Test
  void aClassThatIsMissingIsNoMatterOfNativeCode() {
    assertEquals(
        "a class cannot be used: NoSuchMethodError 'void a.B.c()'; a jar in lib/ or plugins/ is"
            + " damaged or of another version: replace it; runner doctor checks them",
        told(new NoSuchMethodError("'void a.B.c()'")));
  }
}
