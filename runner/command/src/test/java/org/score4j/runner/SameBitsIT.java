package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.TensorFile;
import org.score4j.runner.Distribution.Ended;
import org.score4j.runner.Distribution.Started;

/**
 * A run that was stopped, however, and started again leaves the bits of one that never stopped; and
 * so does a run of its manifest.
 */
class SameBitsIT {
  private static final String POINTS =
      """
      {
        "name": "points", "seed": 3,
        "data": "mixture",
        "sde": "vp",
        "model": {"type": "mlp", "width": 32},
        "training": {"steps": 300, "batchSize": 64, "accumulate": 2, "warmup": 50,
          "heldOut": {"share": 0.1, "count": 128, "every": 20},
          "averaging": {"decays": [0.999, 0.9]}},
        "checkpoints": {"every": 2},
        "logging": {"every": 7, "tensorBoard": {"samplesEvery": 150, "samples": 4, "histogramsEvery": 50}},
        "sampler": {"type": "euler-maruyama", "steps": 20},
        "sampling": {"count": 100, "batchSize": 50}
      }
      """;
  private static final String CLOTHES =
      """
      {
        "name": "clothes", "seed": 5,
        "data": "fashion-mnist",
        "sde": "ve",
        "model": {"type": "ddpm-unet", "channels": 4, "multipliers": [1, 1], "blocks": 1,
          "attention": [], "dropout": 0.2, "classes": 10},
        "training": {"steps": 16, "batchSize": 2, "warmup": 5,
          "optimizer": "adamw", "schedule": "cosine",
          "averaging": {"decays": [0.9, 0.99]}},
        "compute": {"precision": "bfloat16"},
        "checkpoints": {"every": 1},
        "logging": {"every": 3},
        "sampler": {"type": "euler-maruyama", "steps": 2},
        "sampling": {"count": 4, "batchSize": 4, "ema": 0.99}
      }
      """;
  private static final int SIGKILL = 137;
  private static final int SIGINT = 130;

  /** Bytes of a point in the plane. */
  private static final long POINT = 8;

  @TempDir static Path folder;
  private static Distribution runner;
  private static final Random RANDOM = random();

  /** Where the instants of the kills come from. */
  private static Random random() {
    long seed = System.nanoTime();
    System.out.println("SameBitsIT: instants drawn by seed " + seed);
    return new Random(seed);
  }

  @BeforeAll
  static void runWithoutStopping() throws IOException {
    runner = Distribution.from(folder);
    runner.succeed("--recipe", runner.file("points.json", POINTS), "--output", "points");
  }

  private static RunFiles files(String output) {
    return new RunFiles(folder.resolve(output));
  }

  /** Starts training, and kills it some checkpoints and some milliseconds later. */
  private static void killWhileTraining(String recipe, String output, int every, int checkpoints) {
    RunFiles files = files(output);
    long stop = files.newestStep() + (long) every * (1 + RANDOM.nextInt(checkpoints));
    Started started = runner.start("--recipe", recipe, "--output", output);
    started.await(() -> files.newestStep() >= stop);
    Distribution.sleep(RANDOM.nextInt(30));
    Ended ended = started.kill();
    assertEquals(SIGKILL, ended.status());
    System.out.println(
        String.format(
            Locale.ROOT,
            "SameBitsIT: %s killed after checkpoint %d; left %s",
            output,
            files.newestStep(),
            files.names("checkpoints")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunKilledAgainAndAgain() throws IOException {
    Started starting = runner.start("--recipe", "points.json", "--output", "killed");
    Distribution.sleep(RANDOM.nextInt(800));
    assertEquals(SIGKILL, starting.kill().status());
    for (int i = 0; i < 3; i++) {
      killWhileTraining("points.json", "killed", 2, 20);
    }
    Ended last = runner.succeed("--recipe", "points.json", "--output", "killed");
    assertTrue(last.err().contains("resuming after step "), last::err);
    files("killed").assertSameBits(files("points"));
    files("killed").assertSameLosses(files("points"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunOfImagesWithClassesDropoutAndBfloat16KilledOnce() throws IOException {
    String recipe = runner.file("clothes.json", CLOTHES);
    runner.succeed("--recipe", recipe, "--output", "clothes");
    killWhileTraining(recipe, "killed-clothes", 1, 8);
    runner.succeed("--recipe", recipe, "--output", "killed-clothes");
    files("killed-clothes").assertSameBits(files("clothes"));
    files("killed-clothes").assertSameLosses(files("clothes"));
  }

  @Test
  void previewsLeaveNoTraceInWhatIsLearnt() throws IOException {
    String[] train = {
      "train",
      "--recipe",
      "points.json",
      "--set",
      "training.batchSize=512",
      "--set",
      "training.accumulate=1",
      "--set",
      "training.steps=200",
      "--set",
      "checkpoints.every=1000",
      "--set",
      "training.heldOut.every=1000"
    };
    for (String previews : List.of("0", "4")) {
      List<String> arguments = new ArrayList<>(List.of(train));
      arguments.addAll(
          List.of("--set", "logging.previews=" + previews, "--output", "previews-" + previews));
      runner.succeed(arguments.toArray(String[]::new));
    }
    assertEquals(
        List.of(13L, 50L, 113L, 200L),
        files("previews-4").names("previews").stream()
            .filter(name -> name.endsWith(".safetensors"))
            .map(name -> Long.parseLong(name.replaceAll("\\D", "")))
            .toList());
    String last = "checkpoints/step-00000200.safetensors";
    TensorFile without = TensorFile.open(folder.resolve("previews-0").resolve(last));
    TensorFile with = TensorFile.open(folder.resolve("previews-4").resolve(last));
    assertEquals(without.names(), with.names());
    for (String name : without.names()) {
      assertArrayEquals(without.values(name), with.values(name), name);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunInterruptedWhileTrainingAndWhileSampling() throws IOException {
    RunFiles files = files("interrupted");
    Started training = runner.start("--recipe", "points.json", "--output", "interrupted");
    training.await(() -> files.newestStep() >= 20);
    Ended ended = training.interrupt();
    assertEquals(SIGINT, ended.status(), ended::err);
    Matcher told =
        Pattern.compile(
                "interrupted after step (\\d+) of 300, which is saved; to resume, give the same"
                    + " command again\\R")
            .matcher(ended.err());
    assertTrue(told.find(), ended::err);
    assertEquals(files.newestStep(), Long.parseLong(told.group(1)));

    Ended rest = runner.succeed("train", "--recipe", "points.json", "--output", "interrupted");
    assertTrue(rest.err().contains("resuming after step " + told.group(1)), rest::err);

    Started sampling =
        runner.start("sample", "--run", "interrupted", "--set", "sampler.steps=1000000");
    sampling.awaitError("sample: ");
    Ended stopped = sampling.interrupt();
    assertEquals(SIGINT, stopped.status(), stopped::err);
    assertEquals(List.of(), files.names("samples"));
    Started again =
        runner.start("sample", "--run", "interrupted", "--set", "sampler.steps=1000000");
    again.awaitError("sample: ");
    assertEquals(SIGKILL, again.kill().status());
    assertEquals(List.of(), finished(files));

    runner.succeed("sample", "--run", "interrupted");
    files.assertSameBits(files("points"));
  }

  /** What was drawn before the end is not drawn again. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void samplesWhoseDrawingWasStopped() throws IOException {
    runner.succeed("train", "--recipe", "points.json", "--output", "drawn");
    RunFiles files = files("drawn");
    String[] sample = {
      "sample", "--run", "drawn", "--set", "sampler.steps=400", "--set", "sampling.batchSize=2"
    };
    Started started = runner.start(sample);
    started.await(() -> files.partlyDrawn() >= 10 * POINT);
    Ended ended = started.interrupt();
    assertEquals(SIGINT, ended.status(), ended::err);
    String first =
        sampleIn(ended, "interrupted after sample (\\d+) of 100; to resume, give the same");
    assertEquals(Long.parseLong(first), files.partlyDrawn() / POINT);

    started = runner.start(sample);
    started.await(() -> files.partlyDrawn() >= (Long.parseLong(first) + 10) * POINT);
    ended = started.kill();
    assertEquals(SIGKILL, ended.status());
    assertEquals(first, sampleIn(ended, "resuming after sample (\\d+) of 100\\R"));
    assertEquals(List.of(), finished(files));

    long second = files.partlyDrawn() / POINT;
    ended = runner.succeed(sample);
    assertEquals(Long.toString(second), sampleIn(ended, "resuming after sample (\\d+) of 100\\R"));
    Path samples = folder.resolve("drawn/samples").resolve(finished(files).get(0));
    Path resumed = Files.move(samples, folder.resolve("resumed"));
    runner.succeed(sample);
    assertEquals(-1, Files.mismatch(samples, resumed));
  }

  private static String sampleIn(Ended ended, String told) {
    Matcher matcher = Pattern.compile(told).matcher(ended.err());
    assertTrue(matcher.find(), ended::err);
    return matcher.group(1);
  }

  private static List<String> finished(RunFiles files) {
    return files.names("samples").stream().filter(name -> name.endsWith(".safetensors")).toList();
  }

  @Test
  void aRunWhoseNewestCheckpointIsDamaged() throws IOException {
    runner.succeed("train", "--recipe", "points.json", "--output", "damaged");
    RunFiles files = files("damaged");
    Path newest = folder.resolve("damaged/checkpoints/step-00000300.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);
    Ended ended = runner.succeed("--recipe", "points.json", "--output", "damaged");
    assertTrue(
        ended
            .err()
            .contains(
                "step-00000300.safetensors: is damaged: its checksum does not fit; the checkpoint"
                    + " before it is used: step-00000298.safetensors"),
        ended::err);
    assertTrue(ended.err().contains("resuming after step 298"), ended::err);
    Files.delete(newest.resolveSibling(newest.getFileName() + ".damaged"));
    files.assertSameBits(files("points"));
    files.assertSameLosses(files("points"));
  }

  @Test
  void aRunOfTheManifest() throws IOException {
    runner.succeed("--recipe", "points/manifest.json", "--output", "again");
    files("again").assertSameBits(files("points"));
    files("again").assertSameLosses(files("points"));
  }
}
