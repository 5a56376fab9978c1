package org.score4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.score4j.api.MixtureComponent;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.score4j.model.GaussianMixture;
import org.score4j.recipe.Recipe;
import org.score4j.sampler.EulerMaruyama;
import org.score4j.sampler.UniformGrid;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.node.ObjectNode;

/** Small pieces, for JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"})
public class Pieces {
  private static final int STEPS = 100;
  private static final int NUMBERS = 1 << 20;

  private final Path recipeFile = Path.of(System.getProperty("score4j.recipe"));
  private final VariancePreserving sde = new VariancePreserving();
  private final float[] numbers = new float[NUMBERS];
  private Recipe recipe;
  private Path file;
  private SamplingProgram oneOnHost;
  private SamplingProgram manyOnHost;
  private double t;

  /** Makes what is measured. */
  @Setup
  public void prepare() throws IOException {
    recipe = Recipes.read(recipeFile);
    file = Files.createTempFile("pieces", ".safetensors");
    safetensorsWrite();
    oneOnHost = program(1);
    manyOnHost = program(10_000);
  }

  /** Points of a mixture whose score costs next to nothing, looped over by Java. */
  private SamplingProgram program(int batch) {
    var mixture =
        new GaussianMixture(List.of(new MixtureComponent(1, List.of(0.0, 0.0), List.of(1.0, 1.0))));
    return new SamplingProgram(
        sde,
        mixture,
        new EulerMaruyama(STEPS, new UniformGrid()),
        Shape.of(2),
        batch,
        0,
        Precision.FLOAT32,
        new SamplingOptions().with(LoopMode.HOST));
  }

  /** Leaves nothing behind. */
  @TearDown
  public void remove() throws IOException {
    oneOnHost.close();
    manyOnHost.close();
    Files.delete(file);
  }

  /** A recipe with its plugins, from a file. */
  @Benchmark
  public Recipe recipeReading() {
    return Recipes.read(recipeFile);
  }

  /** Every key of a recipe, as the manifest has it. */
  @Benchmark
  public ObjectNode recipeWriting() {
    return Recipes.spelledOut(recipe);
  }

  /** Four megabytes, with their checksum, down to the disk. */
  @Benchmark
  public Path safetensorsWrite() {
    try (var stream = new TensorStream(file, Map.of(), Map.of("x", Shape.of(NUMBERS)))) {
      stream.write("x", numbers);
      stream.finish();
    }
    return file;
  }

  /** Four megabytes. */
  @Benchmark
  public float[] safetensorsRead() {
    return TensorFile.open(file).values("x");
  }

  /** Mean and variance of the noise at a time, in double. */
  @Benchmark
  public NoiseLevel noiseLevel() {
    t = t > 0.9 ? 1e-3 : t + 1e-3;
    return sde.level(t);
  }

  /** A hundred steps for one point: what each costs beside its numbers. */
  @Benchmark
  public float[] hundredSteps() {
    return oneOnHost.draw(0, 0, n -> 0, Progress.NONE);
  }

  /** A hundred steps for ten thousand points, which take two million random numbers. */
  @Benchmark
  public float[] hundredStepsOfTenThousand() {
    return manyOnHost.draw(0, 0, n -> 0, Progress.NONE);
  }
}
