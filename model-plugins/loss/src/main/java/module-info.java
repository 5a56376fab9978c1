import org.score4j.api.Loss;
import org.score4j.loss.DenoisingScoreMatching;

/** Objectives that train score models. */
module org.score4j.loss {
  requires transitive org.score4j.api;

  exports org.score4j.loss;

  provides Loss with
      DenoisingScoreMatching;
}
