package org.score4j.interop.checkpoint;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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

    /** Noise levels, which the recipe has too, and what the network keeps without using it. */
    @Override
    Predicate<String> ignored(ScoreModel model, int height) {
      Set<String> unused =
          model instanceof ReferenceWeights known ? known.unusedReferences(height) : Set.of();
      return name -> name.equals("sigmas") || unused.contains(name);
    }
  },

  /** Those of diffusers. */
  DIFFUSERS {
    @Override
    List<ReferenceWeight> of(ScoreModel model, int height) {
      return model instanceof DiffusersWeights known ? known.diffusersWeights(height) : List.of();
    }

    @Override
    Predicate<String> ignored(ScoreModel model, int height) {
      return name -> false;
    }
  };

  /** Where a model's tensors come from; empty if nobody has trained such a model by these names. */
  abstract List<ReferenceWeight> of(ScoreModel model, int height);

  /** Which tensors are no part of the network, by name. */
  abstract Predicate<String> ignored(ScoreModel model, int height);
}
