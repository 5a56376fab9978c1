package org.score4j.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.score4j.api.Precision;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.OperationTime;
import org.score4j.engine.score.ScoreProgram;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.format.TensorFile;

/** Which of TensorFlow's operations take the time: the step statistics of one process. */
final class ProfileSuite implements Suite {
  private static final int LINES = 14;

  @Override
  public String name() {
    return "profile";
  }

  @Override
  public void run(Lab lab) {
    Subject subject = Subject.of(lab.recipe("cifar10"));
    Path folder = Networks.prepare(lab, subject);
    int batch = 8;
    Inputs inputs = Inputs.of(subject, batch);
    for (Precision precision : Precision.values()) {
      String what = subject.name() + ", batch " + batch + ", " + precision;
      var parameters =
          new StoredParameters(
              () -> TensorFile.open(folder.resolve(OurTraining.CHECKPOINT)), "model");
      try (var program =
          new ScoreProgram(
              subject.recipe().sde(),
              subject.recipe().scoreModel(),
              subject.example(),
              0,
              precision,
              Device.CPU,
              parameters)) {
        float[] x = inputs.noised();
        report(lab, what + ", forward", () -> program.trace(x, inputs.t(), new int[0]));
      }
      try (var training = new OurTraining(subject, batch, precision, subject.recipe().loss())) {
        ByteBuffer data = OurTraining.bytes(inputs.data());
        long[] number = {0};
        report(
            lab,
            what + ", training step",
            () -> training.program().trace(++number[0], data.rewind(), new int[0]));
      }
    }
  }

  private void report(Lab lab, String what, Supplier<List<OperationTime>> trace) {
    List<List<OperationTime>> runs = new ArrayList<>();
    for (int i = -lab.warmUp(); i < (lab.quick() ? 3 : 9); i++) {
      List<OperationTime> times = trace.get();
      if (i >= 0) {
        runs.add(times);
      }
    }
    shares(lab, what + ", by type: ", runs, OperationTime::type);
    shares(lab, what + ", by type and shape: ", runs, time -> time.type() + " -> " + time.output());
  }

  private void shares(
      Lab lab,
      String what,
      List<List<OperationTime>> runs,
      Function<OperationTime, String> grouping) {
    Map<String, double[]> shares = new HashMap<>();
    Map<String, double[]> millis = new HashMap<>();
    for (int run = 0; run < runs.size(); run++) {
      double all = runs.get(run).stream().mapToDouble(OperationTime::seconds).sum();
      for (OperationTime time : runs.get(run)) {
        String group = grouping.apply(time);
        shares.computeIfAbsent(group, unused -> new double[runs.size()])[run] +=
            100 * time.seconds() / all;
        millis.computeIfAbsent(group, unused -> new double[runs.size()])[run] +=
            1e3 * time.seconds();
      }
    }
    shares.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), Estimate.of(entry.getValue())))
        .sorted((a, b) -> Double.compare(b.getValue().median(), a.getValue().median()))
        .limit(LINES)
        .forEach(
            entry ->
                lab.add(
                    name(),
                    what + entry.getKey(),
                    entry.getValue(),
                    "%",
                    Optional.empty(),
                    Numbers.shown(Estimate.of(millis.get(entry.getKey())).median())
                        + " ms, "
                        + runs.get(0).stream()
                            .filter(t -> grouping.apply(t).equals(entry.getKey()))
                            .count()
                        + " times"));
  }
}
