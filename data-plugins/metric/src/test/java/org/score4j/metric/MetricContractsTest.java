package org.score4j.metric;

import org.junit.jupiter.api.Nested;
import org.score4j.api.Metric;
import org.score4j.testkit.MetricContract;

/** Every metric under the contract of all; those of features are given points in their place. */
class MetricContractsTest {

  @Nested
  class EnergyDistanceIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new EnergyDistance();
    }

    @Override
    public double tolerance() {
      return 0.02;
    }
  }

  @Nested
  class SlicedWassersteinIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new SlicedWasserstein();
    }

    @Override
    public double tolerance() {
      return 0.1;
    }
  }

  @Nested
  class MeanDiscrepancyIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new MeanDiscrepancy();
    }

    @Override
    public double tolerance() {
      return 0.01;
    }
  }

  @Nested
  class KernelDistanceIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new KernelDistance();
    }

    @Override
    public double tolerance() {
      return 0.1;
    }
  }

  @Nested
  class FrechetDistanceIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new FrechetDistance();
    }

    @Override
    public double tolerance() {
      return 0.05;
    }
  }

  @Nested
  class ModeWeightsIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new ModeWeights();
    }

    @Override
    public double tolerance() {
      return 0.1;
    }
  }

  @Nested
  class PrecisionRecallIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new PrecisionRecall();
    }

    @Override
    public double tolerance() {
      return 0.1;
    }

    @Override
    public double best(String measurement) {
      return 1;
    }

    /** A small shift leaves all samples among the data. */
    @Override
    public double[] shifts() {
      return new double[] {1.5, 2.5, 3.5};
    }
  }

  @Nested
  class InceptionScoreIsAMetric implements MetricContract {
    @Override
    public Metric metric() {
      return new InceptionScore();
    }

    @Override
    public double tolerance() {
      return 0;
    }

    @Override
    public boolean comparesWithData() {
      return false;
    }

    @Override
    public boolean ignoresTheOrder() {
      return false;
    }
  }
}
