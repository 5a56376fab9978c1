package org.score4j.runner.doctor;

import java.util.List;
import org.score4j.format.text.Bytes;
import org.score4j.format.text.FileNames;

/** Looks whether a machine has what score4j needs. */
public final class Doctor {
  private static final int OLDEST_JAVA = 17;
  private static final long UNPACKED = 700L << 20;
  private static final long LITTLE_MEMORY = 2L << 30;
  private static final long LITTLE_HEAP = 200L << 20;
  private static final long LITTLE_DISK = 1L << 30;

  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64");

  private Doctor() {}

  /** Looks at everything but TensorFlow and the plugins. */
  public static List<Finding> examine(Machine machine) {
    return List.of(
        java(machine),
        platform(machine),
        processors(machine),
        memory(machine),
        cache(machine),
        temporary(machine),
        encoding(machine),
        folder(machine));
  }

  private static Finding java(Machine machine) {
    return machine.release() < OLDEST_JAVA
        ? Finding.problem(
            "java", machine.java(), "set JAVA_HOME to a JDK " + OLDEST_JAVA + " or newer")
        : Finding.well("java", machine.java());
  }

  private static Finding platform(Machine machine) {
    return PLATFORMS.contains(machine.platform())
        ? Finding.well("platform", machine.platform())
        : Finding.problem(
            "platform",
            machine.platform(),
            "TensorFlow for Java runs on " + String.join(", ", PLATFORMS) + "; use one of these");
  }

  private static Finding processors(Machine machine) {
    return Finding.well(
        "threads", machine.processors() + ", as many as there are processors to use");
  }

  private static Finding memory(Machine machine) {
    String found =
        Bytes.shown(machine.memory()) + ", of which Java's own heap " + Bytes.shown(machine.heap());
    if (machine.heap() > machine.memory()) {
      return Finding.note(
          "memory", found, "Java may take more than there is; lower -Xmx in JAVA_OPTS");
    }
    if (machine.heap() < LITTLE_HEAP) {
      return Finding.note(
          "memory", found, "little for data that are read at once; raise -Xmx in JAVA_OPTS");
    }
    return machine.memory() < LITTLE_MEMORY
        ? Finding.note(
            "memory",
            found,
            "little for networks on images; lower training.batchSize and sampling.batchSize")
        : Finding.well("memory", found);
  }

  private static Finding cache(Machine machine) {
    Machine.Place cache = machine.cache();
    String found =
        cache.path()
            + ", "
            + Bytes.shown(cache.used())
            + " used, "
            + Bytes.shown(cache.free())
            + " free";
    String elsewhere =
        "choose another folder: JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR runner ...";
    if (!cache.writable()) {
      return Finding.problem("native cache", found + ", cannot be written", elsewhere);
    }
    if (cache.used() + cache.free() < UNPACKED) {
      return Finding.problem(
          "native cache",
          found,
          "TensorFlow's library takes "
              + Bytes.shown(UNPACKED)
              + " there; make room, or "
              + elsewhere);
    }
    return Finding.well("native cache", found);
  }

  private static Finding temporary(Machine machine) {
    Machine.Place temporary = machine.temporary();
    String found = temporary.path() + ", " + Bytes.shown(temporary.free()) + " free";
    return temporary.writable()
        ? Finding.well("temporary", found)
        : Finding.note(
            "temporary",
            temporary.path() + ", cannot be written",
            "score4j needs none, but a plugin may: JAVA_OPTS=-Djava.io.tmpdir=DIR runner ...");
  }

  private static Finding encoding(Machine machine) {
    return FileNames.complete(machine.fileNames())
        ? Finding.well("file names", machine.fileNames())
        : Finding.note(
            "file names",
            machine.fileNames() + ", which lacks letters",
            "paths with such letters are refused; choose another locale: LANG=C.UTF-8 runner ...");
  }

  private static Finding folder(Machine machine) {
    Machine.Place folder = machine.folder();
    String found = folder.path() + ", " + Bytes.shown(folder.free()) + " free";
    if (!folder.writable()) {
      return Finding.problem(
          "run folder", found + ", cannot be written", "choose another folder with --output DIR");
    }
    return folder.free() < LITTLE_DISK
        ? Finding.note(
            "run folder",
            found,
            "little for checkpoints; make room, or choose another disk with --output DIR")
        : Finding.well("run folder", found);
  }
}
