/** Samplers, predictors, correctors and time grids. */
module org.score4j.sampler {
  requires org.score4j.api;
}
