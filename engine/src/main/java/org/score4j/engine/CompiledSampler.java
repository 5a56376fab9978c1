package org.score4j.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.score4j.api.Feed;
import org.score4j.api.Initializer;
import org.score4j.api.Kernel;
import org.score4j.api.Level;
import org.score4j.api.LevelPerSample;
import org.score4j.api.Network;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PerSample;
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
    double[] run(List<Feed> feeds, Target target);
  }

  /**
   * What one run of the graph does.
   *
   * @param operation performs the writes
   * @param reports whose values are fetched
   * @param dependencies what the right-hand sides are made of, short of the network's own
   *     operations
   */
  record Target(Op operation, List<Operand<TFloat32>> reports, Set<Operation> dependencies) {}

  /** A kernel as it was built: what it is run by, and what it writes to which register. */
  record Built(String name, Target target, Map<Variable, Operand<TFloat32>> writes) {}

  private final Computation computation;
  private final Ops tf;
  private final Sde sde;
  private final NoiseSource noise;
  private final Shape shape;
  private final Executor executor;
  private final ScoreField field;
  private final StateRegister state;
  private final List<StateRegister> others = new ArrayList<>();
  private final Map<Operation, Operand<TFloat32>> networkInputs = new HashMap<>();
  private final List<Placeholder<TFloat32>> inputs = new ArrayList<>();
  private final List<Built> kernels = new ArrayList<>();
  private long evaluations;

  CompiledSampler(
      Computation computation,
      Sde sde,
      Prediction prediction,
      Network network,
      NoiseSource noise,
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

  /** The state's variable and those of the other registers. */
  List<Variable> registers() {
    List<Variable> registers = new ArrayList<>(List.of(state.variable()));
    others.forEach(register -> registers.add(register.variable()));
    return registers;
  }

  /** What the host feeds to kernels. */
  List<Placeholder<TFloat32>> inputs() {
    return inputs;
  }

  /** The kernels, in the order of making. */
  List<Built> kernels() {
    return kernels;
  }

  /** Draws the state from the prior and empties the other registers. */
  Target startingFromPrior() {
    return starting(tf.math.mul(noise.next(), tf.constant((float) sde.priorStandardDeviation())));
  }

  /** Gives the state a value and empties the other registers. */
  Target starting(Operand<TFloat32> value) {
    Operand<TFloat32> zero = tf.fill(tf.constant(shape.asArray()), tf.constant(0f));
    List<Op> writes = new ArrayList<>();
    writes.add(tf.assignVariableOp(state.variable().handle(), value));
    others.forEach(r -> writes.add(tf.assignVariableOp(r.variable().handle(), zero)));
    return new Target(
        tf.withControlDependencies(writes).noOp(), List.of(), dependencies(List.of(value)));
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
    return new FedScalar(placeholder(name, Shape.scalar()));
  }

  @Override
  public Level level(String name) {
    return new FedLevel(sde, levels(name, Shape.of(1)));
  }

  @Override
  public int batch() {
    return (int) shape.get(0);
  }

  @Override
  public PerSample perSample(String name) {
    return fedVector(name, Shape.of(batch()));
  }

  @Override
  public LevelPerSample levelPerSample(String name) {
    return new FedLevels(sde, levels(name, Shape.of(batch())));
  }

  private LevelVectors levels(String name, Shape vector) {
    return new LevelVectors(
        fedVector(name, vector),
        fedVector(name + "Alpha", vector),
        fedVector(name + "Sigma", vector));
  }

  private FedVector fedVector(String name, Shape vector) {
    return new FedVector(placeholder(name, vector), vector);
  }

  private Placeholder<TFloat32> placeholder(String name, Shape shape) {
    var input = tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
    inputs.add(input);
    return input;
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
    Map<Variable, Operand<TFloat32>> valueOfRegister = new LinkedHashMap<>();
    for (Register.Update update : updates) {
      var variable = ((StateRegister) update.register()).variable();
      writes.add(afterValues.assignVariableOp(variable.handle(), update.value()));
      valueOfRegister.put(variable, update.value());
    }
    var target =
        new Target(
            tf.withControlDependencies(writes).withName(name).noOp(),
            fetchable(reports),
            dependencies(values));
    kernels.add(new Built(name, target, valueOfRegister));
    int evaluationsPerRun =
        (int) target.dependencies().stream().filter(networkInputs::containsKey).count();
    return feeds -> {
      evaluations += evaluationsPerRun;
      return executor.run(Arrays.asList(feeds), target);
    };
  }

  /** What is fed cannot be fetched; its identity can. */
  private List<Operand<TFloat32>> fetchable(List<Operand<TFloat32>> reports) {
    List<Operand<TFloat32>> copies = new ArrayList<>();
    reports.forEach(report -> copies.add(tf.identity(report)));
    return copies;
  }

  /** What the values depend on; a network counts as one operation, whatever it is made of. */
  private Set<Operation> dependencies(List<? extends Op> values) {
    Set<Operation> seen = new HashSet<>();
    Deque<Operation> open = new ArrayDeque<>();
    values.forEach(value -> open.add(value.op()));
    while (!open.isEmpty()) {
      Operation operation = open.pop();
      if (!seen.add(operation)) {
        continue;
      }
      if (networkInputs.containsKey(operation)) {
        open.add(networkInputs.get(operation).op());
      } else if (operation instanceof GraphOperation node) {
        for (int i = 0; i < node.numInputs(); i++) {
          open.add(node.input(i).op());
        }
      }
    }
    return seen;
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

  private record FedScalar(Placeholder<TFloat32> placeholder) implements Scalar {
    @Override
    public Operand<TFloat32> value() {
      return placeholder;
    }

    @Override
    public Feed is(double value) {
      return new HostFeed(List.of(new HostFeed.Value(placeholder, Shape.scalar(), value)));
    }
  }

  private record FedVector(Placeholder<TFloat32> placeholder, Shape shape) implements PerSample {
    @Override
    public Operand<TFloat32> value() {
      return placeholder;
    }

    @Override
    public Feed are(double[] values) {
      return new HostFeed(List.of(fed(values)));
    }

    HostFeed.Value fed(double... values) {
      if (values.length != shape.get(0)) {
        throw new IllegalArgumentException(
            "%s takes %d numbers, found %d"
                .formatted(placeholder.op().name(), shape.get(0), values.length));
      }
      return new HostFeed.Value(placeholder, shape, values);
    }
  }

  private record LevelVectors(FedVector t, FedVector alpha, FedVector sigma) {
    Feed at(Sde sde, double... times) {
      double[] alphas = new double[times.length];
      double[] sigmas = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        NoiseLevel level = sde.level(times[i]);
        alphas[i] = level.alpha();
        sigmas[i] = level.sigma();
      }
      return new HostFeed(List.of(t.fed(times), alpha.fed(alphas), sigma.fed(sigmas)));
    }
  }

  private record FedLevel(Sde sde, LevelVectors vectors) implements Level {
    @Override
    public Operand<TFloat32> t() {
      return vectors.t().value();
    }

    @Override
    public Operand<TFloat32> alpha() {
      return vectors.alpha().value();
    }

    @Override
    public Operand<TFloat32> sigma() {
      return vectors.sigma().value();
    }

    @Override
    public Feed at(double t) {
      return vectors.at(sde, t);
    }
  }

  private record FedLevels(Sde sde, LevelVectors vectors) implements LevelPerSample {
    @Override
    public Operand<TFloat32> t() {
      return vectors.t().value();
    }

    @Override
    public Operand<TFloat32> alpha() {
      return vectors.alpha().value();
    }

    @Override
    public Operand<TFloat32> sigma() {
      return vectors.sigma().value();
    }

    @Override
    public Feed at(double[] times) {
      return vectors.at(sde, times);
    }
  }
}
