import org.score4j.api.Loss;
import org.score4j.api.LossWeight;
import org.score4j.api.TimeDistribution;
import org.score4j.loss.CrossEntropy;
import org.score4j.loss.DenoisingScoreMatching;
import org.score4j.loss.EdmWeight;
import org.score4j.loss.LogNormalTimes;
import org.score4j.loss.SigmaSquaredWeight;
import org.score4j.loss.UniformTimes;

/** Objectives that train score models and classifiers. */
module org.score4j.loss {
  requires transitive org.score4j.api;

  exports org.score4j.loss;

  provides Loss with
      CrossEntropy,
      DenoisingScoreMatching;
  provides LossWeight with
      EdmWeight,
      SigmaSquaredWeight;
  provides TimeDistribution with
      LogNormalTimes,
      UniformTimes;
}
