/** Adaptive solvers of ordinary differential equations, for samplers and the engine alike. */
module org.score4j.solver {
  requires transitive org.score4j.api;

  exports org.score4j.solver;
}
