package org.score4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a network for both sides, made when they are not there yet. */
final class Networks {
  private static final String DONE = "done";

  private Networks() {}

  /** The folder of a recipe's network. */
  static Path prepare(Lab lab, Subject subject) {
    Path folder = subject.folder(lab.work(), lab.script());
    if (Files.exists(folder.resolve(DONE))) {
      return folder;
    }
    lab.say("making " + folder);
    try {
      Path description = Files.writeString(folder.resolve("network.json"), subject.description());
      run(
          List.of(
              python(),
              "-B",
              lab.script().toString(),
              description.toString(),
              folder.resolve("network").toString()));
      OurTraining.writeWeights(subject, folder);
      Files.writeString(folder.resolve(DONE), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static String python() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("PYTHON")).stream(),
            Stream.of("python3", "/usr/bin/python3"))
        .filter(Networks::hasTorch)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no Python with PyTorch, which writes the networks for libtorch: install"
                        + " Debian's python3-torch, or let PYTHON name a Python that has it"));
  }

  private static boolean hasTorch(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import torch").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static void run(List<String> command) throws IOException {
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("failed: " + String.join(" ", command));
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IllegalStateException interrupted() {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted");
  }
}
