import org.score4j.api.Optimizer;
import org.score4j.optimizer.Adam;

/** Rules by which gradients change parameters. */
module org.score4j.optimizer {
  requires transitive org.score4j.api;

  exports org.score4j.optimizer;

  provides Optimizer with
      Adam;
}
