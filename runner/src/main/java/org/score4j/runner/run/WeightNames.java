package org.score4j.runner.run;

import java.util.List;
import org.score4j.api.DiffusersWeights;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeights;
import org.score4j.api.ScoreModel;

/** Whose names the tensors of a file have. */
public enum WeightNames {
  /** The network's authors', which are those of score_sde_pytorch. */
  AUTHORS {
    @Override
    List<ReferenceWeight> of(ScoreModel model, int height) {
      return model instanceof ReferenceWeights known ? known.referenceWeights(height) : List.of();
    }

    /** Noise levels, which the recipe has too. */
    @Override
    boolean ignores(String name) {
      return name.equals("sigmas");
    }
  },

  /** Those of diffusers. */
  DIFFUSERS {
    @Override
    List<ReferenceWeight> of(ScoreModel model, int height) {
      return model instanceof DiffusersWeights known ? known.diffusersWeights(height) : List.of();
    }

    @Override
    boolean ignores(String name) {
      return false;
    }
  };

  /** Where a model's tensors come from; empty if nobody has trained such a model by these names. */
  abstract List<ReferenceWeight> of(ScoreModel model, int height);

  /** Whether a tensor of that name is no part of the network. */
  abstract boolean ignores(String name);
}
