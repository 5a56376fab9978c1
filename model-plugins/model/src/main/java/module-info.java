import org.score4j.api.Classifier;
import org.score4j.api.ScoreModel;
import org.score4j.model.Adm;
import org.score4j.model.ConvolutionalClassifier;
import org.score4j.model.DdpmPlusPlus;
import org.score4j.model.DdpmUnet;
import org.score4j.model.DiffusionTransformer;
import org.score4j.model.EdmPreconditioned;
import org.score4j.model.Energy;
import org.score4j.model.GaussianMixture;
import org.score4j.model.Mlp;
import org.score4j.model.Ncsn;
import org.score4j.model.NcsnPlusPlus;
import org.score4j.model.NcsnV2;
import org.score4j.model.WideResNet;

/** Score models and classifiers. */
module org.score4j.model {
  requires transitive org.score4j.api;

  exports org.score4j.model;

  provides ScoreModel with
      Mlp,
      EdmPreconditioned,
      Energy,
      GaussianMixture,
      DdpmUnet,
      DdpmPlusPlus,
      NcsnPlusPlus,
      Ncsn,
      NcsnV2,
      Adm,
      DiffusionTransformer;
  provides Classifier with
      ConvolutionalClassifier,
      WideResNet;
}
