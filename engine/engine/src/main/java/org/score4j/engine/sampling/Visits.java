package org.score4j.engine.sampling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.score4j.api.Feed;
import org.score4j.api.FieldAt;
import org.score4j.api.Level;
import org.score4j.api.LevelTensors;
import org.score4j.api.ScoreField;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Which kernels take which registers to hold samples, and at which noise levels. */
final class Visits {

  /**
   * A register that is taken to hold samples.
   *
   * @param control what changes it beforehand
   */
  record Visit(StateRegister register, LevelTensors level, Optional<StateControl> control) {

    /**
     * The times of each sample.
     *
     * @param feeds of a kernel
     * @throws IllegalArgumentException if the level is not among them
     */
    double[] times(String kernel, List<Feed> feeds) {
      double[] times = fed(kernel, feeds).numbers();
      double[] each = new double[(int) register.variable().shape().get(0)];
      Arrays.setAll(each, i -> times[times.length == 1 ? 0 : i]);
      return each;
    }

    HostFeed.Value fed(String kernel, List<Feed> feeds) {
      for (Feed feed : feeds) {
        for (HostFeed.Value value : ((HostFeed) feed).values()) {
          if (value.placeholder() == level.t()) {
            return value;
          }
        }
      }
      throw new IllegalArgumentException(
          "kernel %s is not fed %s, the noise level of a register that it uses"
              .formatted(kernel, level.t().op().name()));
    }
  }

  /** The kernel by which controls change a register, and the levels it is fed. */
  record StateControl(Level levels, CompiledSampler.Target target) {}

  private final Ops tf;
  private final ScoreField field;
  private final Map<Operation, Visit> visits = new HashMap<>();

  Visits(Ops tf, ScoreField field) {
    this.tf = tf;
    this.field = field;
  }

  /** The field at a register; kernels that depend on it visit the register. */
  FieldAt at(Visit visit) {
    return new Noted(visit, visit.register().variable().value());
  }

  /**
   * What a kernel visits, in the order of the registers, so that noise is the same in every run.
   *
   * @param dependencies of the kernel
   * @throws IllegalArgumentException if it takes one register to be at two levels
   */
  List<Visit> of(String kernel, Set<Operation> dependencies, Stream<StateRegister> registers) {
    Map<StateRegister, Visit> found = new HashMap<>();
    for (Operation operation : dependencies) {
      Visit visit = visits.get(operation);
      if (visit == null) {
        continue;
      }
      Visit other = found.putIfAbsent(visit.register(), visit);
      if (other != null && other.level() != visit.level()) {
        throw new IllegalArgumentException(
            "kernel "
                + kernel
                + " takes one register to be at two noise levels; it must be at one");
      }
    }
    return registers.filter(found::containsKey).map(found::get).toList();
  }

  private final class Noted implements FieldAt {
    private final Visit visit;
    private final Operand<TFloat32> x;

    Noted(Visit visit, Operand<TFloat32> x) {
      this.visit = visit;
      this.x = x;
    }

    private Term noted(Operand<TFloat32> value) {
      visits.put(value.op(), visit);
      return Term.of(tf, value);
    }

    @Override
    public Term x() {
      return noted(tf.identity(x));
    }

    @Override
    public Term score() {
      return noted(field.score(x, visit.level()));
    }

    @Override
    public Term noise() {
      return noted(field.noise(x, visit.level()));
    }

    @Override
    public Term denoised() {
      return noted(field.denoised(x, visit.level()));
    }

    @Override
    public Optional<Term> varianceInterpolation() {
      return field.varianceInterpolation(x, visit.level()).map(this::noted);
    }
  }
}
