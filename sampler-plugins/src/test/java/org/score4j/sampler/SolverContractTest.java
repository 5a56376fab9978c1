package org.score4j.sampler;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.SamplerContract;

/** Every solver is a sampler of ve and vp, on the grid of its defaults. */
@ParameterizedClass(name = "{0} of {1}")
@MethodSource("solvers")
record SolverContractTest(Sampler sampler, Sde sde, double tolerance) implements SamplerContract {

  static List<Arguments> solvers() {
    TimeGrid karras = new KarrasGrid();
    TimeGrid logSnr = new LogSnrGrid();
    List<Arguments> solvers = new ArrayList<>();
    for (Sde sde : new Sde[] {new VarianceExploding(), new VariancePreserving()}) {
      solvers.add(Arguments.of(new Ddim(200, 0, logSnr, true), sde, 0.01));
      solvers.add(Arguments.of(new Ddim(400, 1, logSnr, true), sde, 0.025));
      solvers.add(Arguments.of(new Ddpm(400, Variance.POSTERIOR, logSnr, true), sde, 0.025));
      solvers.add(Arguments.of(new Ddpm(400, Variance.TRANSITION, logSnr, true), sde, 0.025));
      solvers.add(Arguments.of(new Deis(30, 4, logSnr, true), sde, 0.01));
      solvers.add(Arguments.of(new Dpm2(30, karras, true), sde, 0.01));
      solvers.add(Arguments.of(new DpmSolver(15, 3, logSnr, true), sde, 0.01));
      for (Variant variant : Variant.values()) {
        var sampler =
            new DpmSolverPlusPlus(60, variant, SolverType.MIDPOINT, 1, true, logSnr, true);
        solvers.add(Arguments.of(sampler, sde, 0.01));
      }
      solvers.add(Arguments.of(new Euler(200, karras, true), sde, 0.01));
      solvers.add(Arguments.of(new EulerAncestral(400, 1, 1, karras, true), sde, 0.035));
      solvers.add(Arguments.of(new Heun(50, 0, 0, 1e9, 1, karras, true), sde, 0.01));
      solvers.add(Arguments.of(new Heun(100, 40, 0.05, 50, 1, karras, true), sde, 0.01));
      solvers.add(Arguments.of(new LinearMultistep(50, 4, karras, true), sde, 0.01));
      var adams = new SaSolver(60, 3, 4, 1, 0, 1e9, true, logSnr, true);
      solvers.add(Arguments.of(adams, sde, 0.01));
      solvers.add(Arguments.of(new UniPc(25, 2, UniPc.Solver.BH2, true, logSnr, true), sde, 0.01));
    }
    return solvers;
  }
}
