package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.Clip;
import org.score4j.api.Sampler;
import org.score4j.api.TimeGrid;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;

/**
 * The states after every step of diffusers' schedulers, computed there in float64, at the same
 * levels from the same noise; see README.md beside the numbers.
 *
 * <p>A state counts as reproduced within ten times the float32 rounding of the peer itself.
 */
class DiffusersTrajectoriesTest {
  private static final double FLOORS = 10;
  private static final int BATCH = 4;

  /** Time i + 1 is the i-th level from the end. */
  private static final TimeGrid DOWN =
      (sde, n) -> DoubleStream.iterate(sde.endTime(), t -> t - 1).limit(n + 1L).toArray();

  private static final Optional<Clip> THRESHOLD_12 = Optional.of(new Clip(-1, 1, 0.7, 1.2));
  private static final Optional<Clip> THRESHOLD_14 = Optional.of(new Clip(-1, 1, 0.8, 1.4));

  private final Fixture fixtures = Fixture.open("diffusers.safetensors");

  /** A sampler for each trajectory. */
  private static Map<String, Sampler> samplers() {
    Map<String, Sampler> all = new TreeMap<>();
    var range = Optional.of(new Clip(-0.6, 0.6));
    var unit = Optional.of(new Clip());
    all.put("ddpm/clip-range", ddpm(10, Variance.POSTERIOR, range));
    all.put("ddpm/thresholding", ddpm(10, Variance.POSTERIOR, THRESHOLD_14));
    all.put("ddpm/fixed_small-clipped", ddpm(25, Variance.POSTERIOR, unit));
    all.put("ddim/clipped", new Ddim(10, 0, DOWN, true, unit, false));
    all.put("ddim/clipped-and-used", new Ddim(10, 0.3, DOWN, true, unit, true));
    all.put("ddim/thresholding", new Ddim(10, 0, DOWN, true, THRESHOLD_12, false));
    all.put("deis/2", deis(25, 2));
    all.put("deis/3", deis(10, 3));
    all.put("deis/3-many", deis(25, 3));
    all.put("deis/2-karras", deis(10, 2));
    all.put("lms/linspace", new LinearMultistep(25, 4, DOWN, true, false));
    all.put("lms/karras", new LinearMultistep(10, 4, DOWN, true, false));
    all.put("lms/leading-order-2", new LinearMultistep(10, 2, DOWN, true, false));
    all.put("unipc/2", unipc(25, 2, UniPc.Solver.BH2, true));
    all.put("unipc/2-few", unipc(10, 2, UniPc.Solver.BH2, true));
    all.put("unipc/3", unipc(10, 3, UniPc.Solver.BH2, true));
    all.put("unipc/2-bh1", unipc(10, 2, UniPc.Solver.BH1, false));
    all.put("sa-solver/2-2", new SaSolver(25, 2, 2, 1, 0.571, 5.11, true, DOWN, false, true));
    all.put(
        "sa-solver/3-4-karras", new SaSolver(10, 3, 4, 1, 0.571, 5.11, true, DOWN, false, true));
    String multistep = "dpmsolver-multistep/";
    all.put(multistep + "2m", plusPlus(25, Variant._2M, SolverType.MIDPOINT, true));
    all.put(multistep + "2m-few", plusPlus(10, Variant._2M, SolverType.MIDPOINT, true));
    all.put(multistep + "2m-heun", plusPlus(10, Variant._2M, SolverType.HEUN, true));
    all.put(
        multistep + "2m-full-order-last",
        new DpmSolverPlusPlus(10, Variant._2M, SolverType.MIDPOINT, 1, false, DOWN, false));
    all.put(multistep + "2m-sigma_min", plusPlus(10, Variant._2M, SolverType.MIDPOINT, false));
    all.put(multistep + "1", new Ddim(10, 0, DOWN, true));
    all.put(multistep + "2m-sde", plusPlus(25, Variant._2M_SDE, SolverType.MIDPOINT, true));
    all.put(multistep + "2m-sde-heun", plusPlus(10, Variant._2M_SDE, SolverType.HEUN, true));
    all.put(multistep + "3m-sde-corrected", plusPlus(25, Variant._3M_SDE, SolverType.HEUN, true));
    all.put(
        multistep + "3m-heun-corrected",
        new DpmSolverPlusPlus(25, Variant._3M_SDE, SolverType.HEUN, 0, true, DOWN, true));
    all.put("euler/karras", new Euler(25, DOWN, true));
    all.put("euler-ancestral/linspace", new EulerAncestral(25, 1, 1, DOWN, true));
    all.put("heun/karras", new Heun(10, 0, 0, 1e9, 1, DOWN, true));
    return all;
  }

  private static Sampler deis(int steps, int order) {
    return new Deis(steps, order, DOWN, false, true, Deis.Variable.LOG_RATIO);
  }

  private static Sampler unipc(int steps, int order, UniPc.Solver solver, boolean denoise) {
    return new UniPc(steps, order, solver, true, DOWN, denoise);
  }

  private static Sampler plusPlus(int steps, Variant variant, SolverType type, boolean denoise) {
    return new DpmSolverPlusPlus(steps, variant, type, 1, true, DOWN, denoise);
  }

  private static Sampler ddpm(int steps, Variance variance, Optional<Clip> clip) {
    return new Ddpm(steps, variance, DOWN, true, clip);
  }

  static Stream<String> trajectories() {
    return samplers().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void everyStateIsThePeers(String name) {
    double error = error(name, samplers().get(name));
    double floor = fixtures.doubles(name + "/floor")[0];
    assertTrue(error < FLOORS * floor, name + ": " + error / floor + " floors");
  }

  /** The largest difference of any state. */
  private double error(String name, Sampler sampler) {
    float[] start = fixtures.rows(name + "/states").get(0);
    double[] all = fixtures.doubles(name + "/states");
    int size = start.length;
    var sde = new Levels(fixtures.doubles(name + "/alpha"), fixtures.doubles(name + "/sigma"));
    List<double[]> found =
        Trajectory.states(
            sde, fixtures.mixture(), sampler, start, BATCH, fixtures.rows("noise").iterator());
    assertEquals(all.length / size - 1, found.size(), "steps");
    double largest = 0;
    for (int i = size; i < all.length; i++) {
      largest = Math.max(largest, Math.abs(all[i] - found.get(i / size - 1)[i % size]));
    }
    return largest;
  }
}
