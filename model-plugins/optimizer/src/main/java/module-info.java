import org.score4j.api.LearningRateSchedule;
import org.score4j.api.Optimizer;
import org.score4j.optimizer.Adam;
import org.score4j.optimizer.AdamW;
import org.score4j.optimizer.Constant;
import org.score4j.optimizer.Cosine;
import org.score4j.optimizer.InverseSqrt;
import org.score4j.optimizer.Linear;
import org.score4j.optimizer.RmsProp;
import org.score4j.optimizer.Sgd;

/** Rules by which gradients change parameters, and schedules of the learning rate. */
module org.score4j.optimizer {
  requires transitive org.score4j.api;

  exports org.score4j.optimizer;

  provides Optimizer with
      Adam,
      AdamW,
      RmsProp,
      Sgd;
  provides LearningRateSchedule with
      Constant,
      Cosine,
      InverseSqrt,
      Linear;
}
