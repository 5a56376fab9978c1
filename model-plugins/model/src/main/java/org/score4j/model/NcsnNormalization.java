package org.score4j.model;

import java.util.List;

/**
 * The normalizations of NCSNv2's residual blocks and output that the published code offers, by its
 * key {@code model.normalization}. Its BatchNorm, whose statistics come from a training run, is not
 * among them.
 */
public enum NcsnNormalization {
  /** InstanceNorm++ (Song and Ermon 2019, appendix A), as in all published networks. */
  INSTANCE_NORM_PLUS("gamma", "alpha", "beta") {
    @Override
    Normalization with(double epsilon) {
      return new InstanceNormPlus();
    }
  },

  /** InstanceNorm, without parameters: unit variance and no mean in every channel. */
  INSTANCE_NORM {
    @Override
    Normalization with(double epsilon) {
      return new InstanceNorm(epsilon);
    }
  },

  /** VarianceNorm: unit variance in every channel, which keeps its mean. */
  VARIANCE_NORM("alpha") {
    @Override
    Normalization with(double epsilon) {
      return new VarianceNorm();
    }
  },

  /** NoneNorm: activations as they are. */
  NONE {
    @Override
    Normalization with(double epsilon) {
      return Normalization.none();
    }
  };

  private final List<String> parameters;

  NcsnNormalization(String... parameters) {
    this.parameters = List.of(parameters);
  }

  /** Names of the parameters, here and in the published code. */
  List<String> parameters() {
    return parameters;
  }

  /**
   * The layer.
   *
   * @param epsilon what InstanceNorm adds to the variance
   */
  abstract Normalization with(double epsilon);
}
