package org.score4j.model;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.score4j.api.MixtureComponent;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.testkit.ModelContract;
import org.tensorflow.ndarray.Shape;

/** Every model, as small as it can be with each of its parts, under the contract of all. */
class ModelContractsTest {
  private static final Shape IMAGE = Shape.of(4, 6, 2);
  private static final List<Shape> NO_IMAGE_OF_HALVES =
      List.of(Shape.of(2), Shape.of(5, 4, 1), Shape.of(4, 3, 1));

  private static Mlp mlp(int classes) {
    return new Mlp(6, 2, Activation.SWISH, 4, 1, classes, Prediction.NOISE, false);
  }

  /** For points. */
  interface OfPoints extends ModelContract {
    @Override
    default Shape example() {
      return Shape.of(3);
    }
  }

  /** For images whose height and width can be halved. */
  interface OfImages extends ModelContract {
    @Override
    default Shape example() {
      return IMAGE;
    }

    @Override
    default List<Shape> unsuited() {
      return NO_IMAGE_OF_HALVES;
    }
  }

  /** For images, with dropout, told one of three classes. */
  interface OfImagesWithDropoutAndClasses extends OfImages {
    @Override
    default int classes() {
      return 3;
    }

    @Override
    default boolean randomInTraining() {
      return true;
    }
  }

  @Nested
  class MlpIsAModel implements OfPoints {
    @Override
    public ScoreModel model() {
      return mlp(0);
    }

    @Override
    public List<Shape> unsuited() {
      return List.of(IMAGE);
    }
  }

  @Nested
  class MlpWithVarianceAndClassesIsAModel implements OfPoints {
    @Override
    public ScoreModel model() {
      return new Mlp(6, 2, Activation.TANH, 4, 1, 2, Prediction.SCORE, true);
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public boolean learnsVariance() {
      return true;
    }
  }

  @Nested
  class EdmPreconditionedIsAModel implements OfPoints {
    @Override
    public ScoreModel model() {
      return new EdmPreconditioned(mlp(2), 0.5);
    }

    @Override
    public int classes() {
      return 2;
    }
  }

  @Nested
  class EnergyIsAModel implements OfPoints {
    @Override
    public ScoreModel model() {
      return new Energy(mlp(2), EnergyForm.SQUARED_ERROR);
    }

    @Override
    public int classes() {
      return 2;
    }
  }

  @Nested
  class GaussianMixtureIsAModel implements OfPoints {
    @Override
    public ScoreModel model() {
      return new GaussianMixture(
          List.of(
              new MixtureComponent(1, List.of(-2.0, 1.0, 0.5), List.of(0.3, 0.8, 1.0)),
              new MixtureComponent(3, List.of(1.0, 0.5, 0.0), List.of(0.6, 0.1, 2.0))),
          true);
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public List<Shape> unsuited() {
      return List.of(Shape.of(2), IMAGE);
    }
  }

  @Nested
  class DdpmUnetIsAModel implements OfImagesWithDropoutAndClasses {
    @Override
    public ScoreModel model() {
      return new DdpmUnet(
          4,
          List.of(1, 2),
          1,
          List.of(2),
          false,
          0.3,
          Activation.SWISH,
          4,
          true,
          NoiseLabel.LOG_SNR,
          0.01,
          50,
          1000,
          false,
          true,
          3,
          Prediction.NOISE);
    }
  }

  @Nested
  class DdpmPlusPlusIsAModel implements OfImagesWithDropoutAndClasses {
    @Override
    public ScoreModel model() {
      return new DdpmPlusPlus(
          4, List.of(1, 2), 1, List.of(2), 0.3, Activation.SWISH, NoiseLabel.LOG_SNR, 3);
    }
  }

  @Nested
  class NcsnPlusPlusIsAModel implements OfImagesWithDropoutAndClasses {
    @Override
    public ScoreModel model() {
      return new NcsnPlusPlus(
          4,
          List.of(1, 2),
          1,
          List.of(2),
          0.3,
          Activation.SWISH,
          BlockType.BIGGAN,
          true,
          List.of(1.0, 3.0, 3.0, 1.0),
          true,
          ProgressiveOutput.OUTPUT_SKIP,
          ProgressiveInput.RESIDUAL,
          ProgressiveCombine.SUM,
          LabelEncoding.FOURIER,
          1,
          NoiseLabel.SIGMA,
          0.01,
          50,
          100,
          true,
          false,
          3,
          Prediction.SCORE);
    }
  }

  @Nested
  class AdmIsAModel implements OfImagesWithDropoutAndClasses {
    @Override
    public ScoreModel model() {
      return new Adm(4, List.of(1, 2), 1, List.of(2), 4, 0.3, 3, Prediction.NOISE, true);
    }

    @Override
    public boolean learnsVariance() {
      return true;
    }
  }

  @Nested
  class DiffusionTransformerIsAModel implements OfImages {
    @Override
    public ScoreModel model() {
      return new DiffusionTransformer(2, 8, 1, 2, NoiseLabel.TIME, 3, Prediction.NOISE, true);
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public boolean learnsVariance() {
      return true;
    }
  }

  @Nested
  class NcsnIsAModel implements OfImages {
    @Override
    public ScoreModel model() {
      return new Ncsn(4, List.of(1, 2, 2), Activation.ELU, false, 0.01, 1, 10);
    }

    @Override
    public Shape example() {
      return Shape.of(6, 5, 1);
    }

    @Override
    public double gradientStep() {
      return 1e-3;
    }

    @Override
    public List<Shape> unsuited() {
      return List.of(Shape.of(2));
    }
  }

  @Nested
  class NcsnV2IsAModel implements OfImages {
    @Override
    public ScoreModel model() {
      return new NcsnV2(4, List.of(1, 2, 2), Activation.ELU, false);
    }

    @Override
    public Shape example() {
      return Shape.of(6, 5, 1);
    }

    /** Its windows of 5 x 5 pixels have one largest number after another. */
    @Override
    public double gradientStep() {
      return 2e-4;
    }

    @Override
    public List<Shape> unsuited() {
      return List.of(Shape.of(2));
    }
  }
}
