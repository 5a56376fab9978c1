import org.score4j.api.Loss;
import org.score4j.api.LossWeight;
import org.score4j.api.TimeDistribution;
import org.score4j.loss.CrossEntropy;
import org.score4j.loss.DataWeight;
import org.score4j.loss.DenoisingScoreMatching;
import org.score4j.loss.DiscreteTimes;
import org.score4j.loss.EdmWeight;
import org.score4j.loss.GeometricLevels;
import org.score4j.loss.ImplicitScoreMatching;
import org.score4j.loss.ImportanceTimes;
import org.score4j.loss.LearnedVariance;
import org.score4j.loss.LikelihoodWeight;
import org.score4j.loss.LogNormalTimes;
import org.score4j.loss.LogUniformTimes;
import org.score4j.loss.MinSnrWeight;
import org.score4j.loss.ScoreWeight;
import org.score4j.loss.SigmaSquaredWeight;
import org.score4j.loss.SingleLevel;
import org.score4j.loss.SlicedScoreMatching;
import org.score4j.loss.SoftMinSnrWeight;
import org.score4j.loss.StratifiedTimes;
import org.score4j.loss.UniformTimes;
import org.score4j.loss.VelocityWeight;

/** Objectives that train score models and classifiers. */
module org.score4j.loss {
  requires transitive org.score4j.api;

  exports org.score4j.loss;

  provides Loss with
      CrossEntropy,
      DenoisingScoreMatching,
      ImplicitScoreMatching,
      LearnedVariance,
      SlicedScoreMatching;
  provides LossWeight with
      DataWeight,
      EdmWeight,
      LikelihoodWeight,
      MinSnrWeight,
      ScoreWeight,
      SigmaSquaredWeight,
      SoftMinSnrWeight,
      VelocityWeight;
  provides TimeDistribution with
      DiscreteTimes,
      GeometricLevels,
      ImportanceTimes,
      LogNormalTimes,
      LogUniformTimes,
      SingleLevel,
      StratifiedTimes,
      UniformTimes;
}
