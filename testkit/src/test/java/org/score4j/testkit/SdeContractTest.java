package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.score4j.api.Sde;
import org.score4j.api.Transition;

/** The contract holds for a faultless process and notices each fault. */
class SdeContractTest {

  /** Runs on the methods that {@link Sde} itself supplies. */
  @Nested
  class Faultless implements SdeContract {
    @Override
    public Sde sde() {
      return new OrnsteinUhlenbeck();
    }
  }

  private static void assertNoticed(Sde faulty, Consumer<SdeContract> rule) {
    assertThrows(AssertionFailedError.class, () -> rule.accept(() -> faulty));
  }

  @Test
  void aDriftThatIsNotTheDerivativeIsNoticed() {
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double drift(double t) {
            return -1.000001;
          }
        },
        SdeContract::driftIsTheDerivativeOfLogAlpha);
  }

  @Test
  void aDiffusionThatIsTooLargeIsNoticed() {
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double diffusion(double t) {
            return 1.414215;
          }
        },
        SdeContract::diffusionAddsWhatDriftDoesNotExplain);
  }

  /** Float32 arithmetic, as in the code that came with the paper. */
  @Test
  void aSigmaThatCancelsIsNoticed() {
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double sigma(double t) {
            return (float) Math.sqrt(1 - (float) Math.exp(-2 * t));
          }
        },
        SdeContract::diffusionAddsWhatDriftDoesNotExplain);
  }

  /** Double precision, but without {@code expm1}: ten digits are left at time 1e-4. */
  @Test
  void aSigmaThatCancelsInDoubleIsNoticed() {
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double sigma(double t) {
            return Math.sqrt(1 - Math.exp(-2 * t));
          }
        },
        SdeContract::coefficientsAreSmoothToRounding);
  }

  @Test
  void pathsOfAnotherProcessAreNoticed() {
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double drift(double t) {
            return -0.9;
          }
        },
        SdeContract::simulatedPathsHaveTheMarginals);
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double diffusion(double t) {
            return 1.3;
          }
        },
        SdeContract::simulatedPathsHaveTheMarginals);
  }

  @Test
  void aPriorThatRemembersTheDataIsNoticed() {
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double endTime() {
            return 2;
          }
        },
        SdeContract::priorHasForgottenTheData);
  }

  @Test
  void aTransitionThatForgetsTheShrinkingIsNoticed() {
    Sde faulty =
        new OrnsteinUhlenbeck() {
          @Override
          public Transition transition(double s, double t) {
            return new Transition(
                alpha(t) / alpha(s), Math.sqrt(Math.pow(sigma(t), 2) - Math.pow(sigma(s), 2)));
          }
        };
    assertNoticed(faulty, SdeContract::transitionLeadsFromMarginalToMarginal);
    assertNoticed(faulty, SdeContract::transitionsCompose);
    assertNoticed(faulty, SdeContract::shortTransitionDiffusesAtRateG);
    assertNoticed(faulty, SdeContract::transitionRefusesToGoBack);
  }

  @Test
  void aTimeAtThatIsOffIsNoticed() {
    Sde faulty =
        new OrnsteinUhlenbeck() {
          @Override
          public double timeAt(double logSnr) {
            return Math.exp(-logSnr) / 2;
          }
        };
    assertNoticed(faulty, SdeContract::timeAtInvertsLogSnr);
    assertNoticed(faulty, SdeContract::timeAtGivesTheNearerEndForWhatIsNeverReached);
  }

  @Test
  void aPriorThatIsTooNarrowIsNoticed() {
    assertNoticed(
        new OrnsteinUhlenbeck() {
          @Override
          public double priorStandardDeviation() {
            return 0.98;
          }
        },
        SdeContract::priorHasTheWidthOfNoisedDataOfUnitVariance);
  }

  @Test
  void aSigmaThatStaysTheSameIsNoticed() {
    Sde faulty =
        new OrnsteinUhlenbeck() {
          @Override
          public double sigma(double t) {
            return Math.min(super.sigma(t), 0.9);
          }

          @Override
          public double alpha(double t) {
            return Math.max(super.alpha(t), 0.4);
          }
        };
    assertNoticed(faulty, SdeContract::sigmaIncreases);
    assertNoticed(faulty, SdeContract::logSnrStrictlyDecreases);
  }
}
