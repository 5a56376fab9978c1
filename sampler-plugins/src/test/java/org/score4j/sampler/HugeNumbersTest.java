package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.testkit.HugeNumbers;

/** Numbers whose products overflow, or for which there is no memory, are refused at once. */
class HugeNumbersTest {
  private static final List<Record> ALL =
      List.of(
          new AnnealedLangevin(),
          new AnnealedLangevinCorrector(),
          new BetaGrid(),
          new Ddim(),
          new Ddpm(),
          new Deis(),
          new DiscreteGrid(),
          new Dpm2(),
          new DpmAdaptive(),
          new DpmSolver(),
          new DpmSolverPlusPlus(),
          new Euler(),
          new EulerAncestral(),
          new EulerMaruyama(),
          new GradientAscent(),
          new Heun(),
          new Langevin(),
          new LangevinCorrector(),
          new LinearMultistep(),
          new PredictorCorrector(),
          new ProbabilityFlow(),
          new RePaint(),
          new SaSolver(),
          new UniPc());

  @Test
  void everySamplerRefusesThem() {
    ALL.forEach(sampler -> HugeNumbers.assertRefused(sampler, Set.of()));
  }

  @Test
  void productsAreBoundedToo() {
    var repaint = new RePaint();
    for (int jump : List.of(1, 10, 999)) {
      assertThrows(
          InvalidValueException.class,
          () -> new RePaint(10_000, jump, 1_000_000, repaint.predictor(), repaint.grid()));
    }
    var annealed = new AnnealedLangevin();
    assertThrows(
        InvalidValueException.class,
        () -> new AnnealedLangevin(100_000, 11, 0.1, true, annealed.grid()));
  }
}
