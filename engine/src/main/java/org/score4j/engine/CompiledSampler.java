package org.score4j.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.score4j.api.Feed;
import org.score4j.api.Initializer;
import org.score4j.api.Kernel;
import org.score4j.api.Level;
import org.score4j.api.LevelTensors;
import org.score4j.api.Network;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Prediction;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Scalar;
import org.score4j.api.ScoreField;
import org.score4j.api.Sde;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The graph in which a sampler is built, and the kernels that come of it. */
final class CompiledSampler implements SamplerGraph {

  /** Runs one target of the graph. */
  @FunctionalInterface
  interface Executor {
    /** Feeds, runs, and returns the reports' values, flattened in order. */
    double[] run(List<Feed> feeds, List<Operand<TFloat32>> reports, Op target);
  }

  private final Computation computation;
  private final Ops tf;
  private final Sde sde;
  private final SampleNoise noise;
  private final Shape shape;
  private final Executor executor;
  private final ScoreField field;
  private final StateRegister state;
  private final List<StateRegister> others = new ArrayList<>();
  private final Map<Operation, Operand<TFloat32>> networkInputs = new HashMap<>();
  private long evaluations;

  CompiledSampler(
      Computation computation,
      Sde sde,
      Prediction prediction,
      Network network,
      SampleNoise noise,
      Shape shape,
      Executor executor) {
    this.computation = computation;
    this.tf = computation.tf();
    this.sde = sde;
    this.noise = noise;
    this.shape = shape;
    this.executor = executor;
    this.field = prediction.field(tf, counted(network));
    this.state = new StateRegister(variable("state"));
  }

  private Network counted(Network network) {
    return (x, level) -> {
      Operand<TFloat32> output = tf.identity(network.apply(x, level));
      networkInputs.put(output.op(), x);
      return output;
    };
  }

  /** Evaluations of the network so far, each of a whole batch. */
  long evaluations() {
    return evaluations;
  }

  /** The state after the last kernel. */
  Operand<TFloat32> finalState() {
    return state.variable().value();
  }

  /** Draws the state from the prior and empties the other registers. */
  Op startingKernel() {
    Operand<TFloat32> prior =
        tf.math.mul(noise.next(), tf.constant((float) sde.priorStandardDeviation()));
    Operand<TFloat32> zero = tf.fill(tf.constant(shape.asArray()), tf.constant(0f));
    List<Op> writes = new ArrayList<>();
    writes.add(tf.assignVariableOp(state.variable().handle(), prior));
    others.forEach(r -> writes.add(tf.assignVariableOp(r.variable().handle(), zero)));
    return tf.withControlDependencies(writes).noOp();
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public Sde sde() {
    return sde;
  }

  @Override
  public ScoreField field() {
    return field;
  }

  @Override
  public Register state() {
    return state;
  }

  @Override
  public Register register(String name) {
    var made = new StateRegister(variable(name + others.size()));
    others.add(made);
    return made;
  }

  private Variable variable(String name) {
    return computation.variable("sampler/" + name, shape, Initializer.zeros());
  }

  @Override
  public Scalar scalar(String name) {
    return new FedScalar(placeholder(name, Shape.scalar()), Shape.scalar());
  }

  @Override
  public Level level(String name) {
    Shape one = Shape.of(1);
    return new FedLevel(
        sde,
        new FedScalar(placeholder(name, one), one),
        new FedScalar(placeholder(name + "Alpha", one), one),
        new FedScalar(placeholder(name + "Sigma", one), one));
  }

  private Placeholder<TFloat32> placeholder(String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  @Override
  public Operand<TFloat32> noise() {
    return noise.next();
  }

  @Override
  public Kernel kernel(String name, List<Operand<TFloat32>> reports, Register.Update... updates) {
    List<Op> values = new ArrayList<>(reports);
    Set<Register> written = new HashSet<>();
    for (Register.Update update : updates) {
      if (!written.add(update.register())) {
        throw new IllegalArgumentException("kernel " + name + " writes one register twice");
      }
      if (!update.value().shape().equals(shape)) {
        throw new IllegalArgumentException(
            "kernel %s writes %s to a register of shape %s"
                .formatted(name, update.value().shape(), shape));
      }
      values.add(update.value());
    }
    // No register changes before every right-hand side has been computed from the old ones.
    Ops afterValues = tf.withControlDependencies(values);
    List<Op> writes = new ArrayList<>();
    for (Register.Update update : updates) {
      var variable = ((StateRegister) update.register()).variable();
      writes.add(afterValues.assignVariableOp(variable.handle(), update.value()));
    }
    Op target = tf.withControlDependencies(writes).withName(name).noOp();
    int evaluationsPerRun = countEvaluations(values);
    return feeds -> {
      evaluations += evaluationsPerRun;
      return executor.run(Arrays.asList(feeds), reports, target);
    };
  }

  /** How many network outputs the values depend on, each counted once. */
  private int countEvaluations(List<Op> values) {
    Set<Operation> seen = new HashSet<>();
    Deque<Operation> open = new ArrayDeque<>();
    values.forEach(value -> open.add(value.op()));
    int count = 0;
    while (!open.isEmpty()) {
      Operation operation = open.pop();
      if (!seen.add(operation)) {
        continue;
      }
      if (networkInputs.containsKey(operation)) {
        count++;
        open.add(networkInputs.get(operation).op());
      } else if (operation instanceof GraphOperation node) {
        for (int i = 0; i < node.numInputs(); i++) {
          open.add(node.input(i).op());
        }
      }
    }
    return count;
  }

  private record StateRegister(Variable variable) implements Register {
    @Override
    public Operand<TFloat32> value() {
      return variable.value();
    }

    @Override
    public Update set(Operand<TFloat32> value) {
      return new Update(this, value);
    }
  }

  private record FedScalar(Placeholder<TFloat32> placeholder, Shape shape) implements Scalar {
    @Override
    public Operand<TFloat32> value() {
      return placeholder;
    }

    @Override
    public Feed is(double value) {
      return new HostFeed(List.of(at(value)));
    }

    HostFeed.Value at(double value) {
      return new HostFeed.Value(placeholder, shape, value);
    }
  }

  private record FedLevel(Sde sde, FedScalar time, FedScalar factor, FedScalar deviation)
      implements Level, LevelTensors {
    @Override
    public Operand<TFloat32> t() {
      return time.value();
    }

    @Override
    public Operand<TFloat32> alpha() {
      return factor.value();
    }

    @Override
    public Operand<TFloat32> sigma() {
      return deviation.value();
    }

    @Override
    public Feed at(double t) {
      NoiseLevel level = sde.level(t);
      return new HostFeed(
          List.of(time.at(level.t()), factor.at(level.alpha()), deviation.at(level.sigma())));
    }
  }
}
