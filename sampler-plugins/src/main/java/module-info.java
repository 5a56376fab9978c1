/** Samplers, predictors, correctors and time grids. */
module org.score4j.sampler {
  requires transitive org.score4j.api;
  requires transitive org.score4j.solver;

  exports org.score4j.sampler;

  provides org.score4j.api.Sampler with
      org.score4j.sampler.AnnealedLangevin,
      org.score4j.sampler.Ddim,
      org.score4j.sampler.Ddpm,
      org.score4j.sampler.Deis,
      org.score4j.sampler.Dpm2,
      org.score4j.sampler.DpmAdaptive,
      org.score4j.sampler.DpmSolver,
      org.score4j.sampler.DpmSolverPlusPlus,
      org.score4j.sampler.Euler,
      org.score4j.sampler.EulerAncestral,
      org.score4j.sampler.EulerMaruyama,
      org.score4j.sampler.GradientAscent,
      org.score4j.sampler.Heun,
      org.score4j.sampler.Langevin,
      org.score4j.sampler.LinearMultistep,
      org.score4j.sampler.PredictorCorrector,
      org.score4j.sampler.ProbabilityFlow,
      org.score4j.sampler.RePaint,
      org.score4j.sampler.SaSolver,
      org.score4j.sampler.UniPc;
  provides org.score4j.api.Predictor with
      org.score4j.sampler.AncestralPredictor,
      org.score4j.sampler.EulerMaruyamaPredictor,
      org.score4j.sampler.NoPredictor,
      org.score4j.sampler.ProbabilityFlowPredictor,
      org.score4j.sampler.ReverseDiffusion;
  provides org.score4j.api.Corrector with
      org.score4j.sampler.AnnealedLangevinCorrector,
      org.score4j.sampler.LangevinCorrector,
      org.score4j.sampler.NoCorrector;
  provides org.score4j.api.TimeGrid with
      org.score4j.sampler.BetaGrid,
      org.score4j.sampler.DiscreteGrid,
      org.score4j.sampler.ExponentialGrid,
      org.score4j.sampler.KarrasGrid,
      org.score4j.sampler.LogSnrGrid,
      org.score4j.sampler.PolyexponentialGrid,
      org.score4j.sampler.PowerGrid,
      org.score4j.sampler.UniformGrid;
}
