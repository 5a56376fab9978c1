package org.score4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.TensorFile;
import org.score4j.runner.InProcess;
import org.score4j.runner.TinyRun;

class TrainedModelTest {
  @TempDir static Path folder;
  private static Path trained;

  private static Run run(Path folder) {
    return Run.in(folder).withPlugins(InProcess.plugins().toArray(Path[]::new));
  }

  @BeforeAll
  static void train() {
    Path recipe = new TinyRun(folder).points();
    trained = folder.resolve("trained");
    run(trained).train(recipe, RunListener.none()).close();
  }

  @Test
  void samplesAreThoseOfTheCommandLine() {
    InProcess.run("sample", "--run", trained, "--seed", "7", "--count", "6").with(0);
    Path file = trained.resolve("samples/euler-maruyama-seed-7-count-6.safetensors");
    try (TrainedModel model = run(trained).open()) {
      Samples samples = model.samples().seed(7).draw(6);
      assertArrayEquals(TensorFile.open(file).floats("samples"), samples.values());
      assertEquals(3, samples.evaluations());
      List<Samples> batches = new ArrayList<>();
      model.samples().seed(7).batchSize(4).stream(6, batches::add);
      assertEquals(List.of(4, 2), batches.stream().map(Samples::count).toList());
      assertEquals(List.of(0L, 4L), batches.stream().map(Samples::first).toList());
    }
  }

  @Test
  void sixteenThreadsDrawWhatOneDraws() throws InterruptedException, ExecutionException {
    var pool = Executors.newFixedThreadPool(16);
    try (TrainedModel model = run(trained).open()) {
      float[][] alone = new float[16][];
      for (int seed = 0; seed < 16; seed++) {
        alone[seed] = model.samples().seed(seed).draw(5).values();
      }
      List<Future<float[]>> together = new ArrayList<>();
      for (int seed = 0; seed < 16; seed++) {
        long each = seed;
        together.add(pool.submit(() -> model.samples().seed(each).draw(5).values()));
      }
      for (int seed = 0; seed < 16; seed++) {
        assertArrayEquals(alone[seed], together.get(seed).get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anInterruptedThreadDrawsNoFurther() {
    try (TrainedModel model = run(trained).open()) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> model.samples().draw(2));
      assertEquals(2, model.samples().draw(2).count());
    }
  }

  @Test
  void anInterruptedTrainingResumesToTheSameBits() {
    Path recipe = new TinyRun(folder).points();
    Path stopped = folder.resolve("stopped");
    RunListener interrupter =
        new RunListener() {
          @Override
          public void step(TrainedStep step) {
            if (step.number() == 7) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThrows(CancellationException.class, () -> run(stopped).train(recipe, interrupter));
    assertTrue(Files.exists(stopped.resolve("checkpoints/step-00000007.safetensors")));
    try (TrainedModel whole = run(trained).open();
        TrainedModel resumed = run(stopped).train(recipe, RunListener.none())) {
      assertArrayEquals(whole.samples().draw(4).values(), resumed.samples().draw(4).values());
    }
  }

  @Test
  void latentsAndLikelihoodsAreThoseOfTheFlow() {
    try (TrainedModel model = run(trained).open()) {
      float[] x = {1, -1, 0.5f, 2, 0, 0};
      float[] back = model.decode(model.encode(x));
      for (int i = 0; i < x.length; i++) {
        assertEquals(x[i], back[i], 1e-3);
      }
      float[] ways = model.interpolate(x, 3);
      assertEquals(2 * 3 * 2, ways.length);
      assertEquals(x[0], ways[0], 1e-3);
      assertEquals(x[2], ways[4], 1e-3);
      assertEquals(x[5], ways[11], 1e-3);
      assertEquals(3, model.logLikelihood(x).length);
      assertTrue(model.bitsPerDimension(-1).isEmpty());
      Scores scores = model.score(x, 0.5);
      assertEquals(6, scores.score().length);
    }
  }

  @Test
  void whatCannotBeUsedIsRefusedByOneKindOfException() {
    var none = assertThrows(InvalidInputException.class, () -> run(folder).open());
    assertTrue(none.getMessage().contains("is not a run folder"), none::getMessage);
    try (TrainedModel model = run(trained).open()) {
      assertThrows(InvalidInputException.class, () -> model.samples().draw(0));
      assertThrows(InvalidInputException.class, () -> model.score(new float[3], 0.5));
      assertThrows(InvalidInputException.class, () -> model.samples().labels(3).draw(2));
    }
  }

  @Test
  void aListenerInAJarOfPluginsFollowsTheRun(@TempDir Path made) throws IOException {
    Path source =
        Files.writeString(
            made.resolve("Counter.java"),
            """
            package com.example;

            public final class Counter implements org.score4j.RunListener {
              private long steps;

              @Override
              public void step(org.score4j.TrainedStep step) {
                steps++;
              }

              @Override
              public void finished(Outcome outcome) {
                System.setProperty("counter", steps + " of " + outcome.total());
              }
            }
            """);
    Path classes = made.resolve("classes");
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    String path = System.getProperty("java.class.path");
    String[] arguments = {"-cp", path, "-d", classes.toString(), source.toString()};
    assertEquals(0, javac.run(System.out, System.err, arguments));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("org.score4j.RunListener"), "com.example.Counter\n");
    Path plugins = Files.createDirectories(made.resolve("plugins"));
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    String file = plugins.resolve("counter.jar").toString();
    assertEquals(0, jar.run(System.out, System.err, "cf", file, "-C", classes.toString(), "."));
    List<Path> all = new ArrayList<>(InProcess.plugins());
    all.add(plugins);
    Path recipe = new TinyRun(folder).points();
    Run.in(made.resolve("run"))
        .withPlugins(all.toArray(Path[]::new))
        .train(recipe, RunListener.none())
        .close();
    assertEquals("20 of 20", System.clearProperty("counter"));
  }

  @Test
  void aClosedModelDrawsNoMore() {
    TrainedModel model = run(trained).open();
    model.close();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.samples().draw(1));
  }

  @Test
  @Tag("long")
  void aHundredOpensAndClosesLeaveTheMemoryAsItWas() throws IOException {
    for (int i = 0; i < 20; i++) {
      openAndClose();
    }
    long before = resident();
    for (int i = 0; i < 100; i++) {
      openAndClose();
    }
    long grown = resident() - before;
    assertTrue(grown < 60_000, () -> "grew by " + grown + " kB");
  }

  private static void openAndClose() {
    try (TrainedModel model = run(trained).open()) {
      model.samples().draw(4);
    }
  }

  private static long resident() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
