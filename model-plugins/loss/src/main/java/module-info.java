import org.score4j.api.Loss;
import org.score4j.loss.CrossEntropy;
import org.score4j.loss.DenoisingScoreMatching;

/** Objectives that train score models and classifiers. */
module org.score4j.loss {
  requires transitive org.score4j.api;

  exports org.score4j.loss;

  provides Loss with
      CrossEntropy,
      DenoisingScoreMatching;
}
