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
import java.util.Optional;
import java.util.Set;
import org.score4j.api.Feed;
import org.score4j.api.Initializer;
import org.score4j.api.Kernel;
import org.score4j.api.Level;
import org.score4j.api.LevelPerSample;
import org.score4j.api.LevelTensors;
import org.score4j.api.PerSample;
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
   * @param evaluations of the network, each of a whole batch
   * @param timesOfState at which the score of the state is asked for, if it is
   */
  record Target(
      Op operation,
      List<Operand<TFloat32>> reports,
      Set<Operation> dependencies,
      int evaluations,
      Optional<Operand<TFloat32>> timesOfState) {}

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
  private final FedInputs inputs;
  private final List<Built> kernels = new ArrayList<>();
  private final Map<Operation, LevelTensors> levelsOfState = new HashMap<>();
  private final ControlledModel model;
  private final Optional<StateControl> control;
  private final Operand<TFloat32> samples;
  private long evaluations;

  /** The kernel by which controls change the state, and the levels it is fed. */
  private record StateControl(LevelPerSample levels, Target target) {}

  CompiledSampler(
      Computation computation,
      ControlledModel model,
      NoiseSource noise,
      Shape shape,
      Executor executor) {
    this.computation = computation;
    this.tf = computation.tf();
    this.model = model;
    this.sde = model.sde();
    this.noise = noise;
    this.shape = shape;
    this.executor = executor;
    this.inputs = new FedInputs(tf, sde);
    this.state = new StateRegister(variable("state"));
    this.field = watched(model.field());
    this.control = stateControl();
    this.samples = model.samples(state.value());
  }

  /** Remembers the levels at which the field is evaluated at the state. */
  private ScoreField watched(ScoreField inner) {
    return new ScoreField() {
      @Override
      public Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level) {
        return noted(x, level, inner.score(x, level));
      }

      @Override
      public Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level) {
        return noted(x, level, inner.noise(x, level));
      }

      @Override
      public Operand<TFloat32> denoised(Operand<TFloat32> x, LevelTensors level) {
        return noted(x, level, inner.denoised(x, level));
      }

      @Override
      public Optional<Operand<TFloat32>> varianceInterpolation(
          Operand<TFloat32> x, LevelTensors level) {
        return inner.varianceInterpolation(x, level).map(value -> noted(x, level, value));
      }
    };
  }

  private Operand<TFloat32> noted(
      Operand<TFloat32> x, LevelTensors level, Operand<TFloat32> value) {
    if (x == state.value()) {
      levelsOfState.put(value.op(), level);
    }
    return value;
  }

  private Optional<StateControl> stateControl() {
    var levels = inputs.levels("control", batch());
    Operand<TFloat32> changed = model.state(state.value(), levels);
    return changed == state.value()
        ? Optional.empty()
        : Optional.of(new StateControl(levels, target("control", List.of(), state.set(changed))));
  }

  /** Evaluations of the network so far, each of a whole batch. */
  long evaluations() {
    return evaluations;
  }

  /** What the controls make of the state after the last kernel. */
  Operand<TFloat32> samples() {
    return samples;
  }

  /** The state's variable and those of the other registers. */
  List<Variable> registers() {
    List<Variable> registers = new ArrayList<>(List.of(state.variable()));
    others.forEach(register -> registers.add(register.variable()));
    return registers;
  }

  /** What the host feeds to kernels. */
  List<Placeholder<TFloat32>> inputs() {
    return inputs.placeholders();
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
        tf.withControlDependencies(writes).noOp(),
        List.of(),
        dependencies(List.of(value)),
        0,
        Optional.empty());
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
    return inputs.scalar(name);
  }

  @Override
  public Level level(String name) {
    return inputs.level(name);
  }

  @Override
  public int batch() {
    return (int) shape.get(0);
  }

  @Override
  public PerSample perSample(String name) {
    return inputs.vector(name, batch());
  }

  @Override
  public LevelPerSample levelPerSample(String name) {
    return inputs.levels(name, batch());
  }

  @Override
  public Operand<TFloat32> noise() {
    return noise.next();
  }

  @Override
  public Kernel kernel(String name, List<Operand<TFloat32>> reports, Register.Update... updates) {
    Target target = target(name, reports, updates);
    return feeds -> {
      control.ifPresent(
          before ->
              timesOfState(target, List.of(feeds))
                  .ifPresent(times -> run(before.target(), before.levels().at(times))));
      return run(target, feeds);
    };
  }

  private Target target(String name, List<Operand<TFloat32>> reports, Register.Update... updates) {
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
    Set<Operation> dependencies = dependencies(values);
    Target target =
        new Target(
            tf.withControlDependencies(writes).withName(name).noOp(),
            fetchable(reports),
            dependencies,
            model.evaluations().entrySet().stream()
                .filter(evaluation -> dependencies.contains(evaluation.getKey()))
                .mapToInt(evaluation -> evaluation.getValue().batches())
                .sum(),
            dependencies.stream()
                .filter(levelsOfState::containsKey)
                .map(operation -> levelsOfState.get(operation).t())
                .findFirst());
    kernels.add(new Built(name, target, valueOfRegister));
    return target;
  }

  /**
   * The times at which a run of a kernel takes the samples' states to be; empty if it does not ask
   * for their score.
   */
  Optional<double[]> timesOfState(Target target, List<Feed> feeds) {
    if (target.timesOfState().isEmpty()) {
      return Optional.empty();
    }
    Operand<TFloat32> times = target.timesOfState().get();
    for (Feed feed : feeds) {
      for (HostFeed.Value value : ((HostFeed) feed).values()) {
        if (value.placeholder() == times) {
          double[] each = new double[batch()];
          Arrays.setAll(each, i -> value.numbers()[value.numbers().length == 1 ? 0 : i]);
          return Optional.of(each);
        }
      }
    }
    return Optional.empty();
  }

  private double[] run(Target target, Feed... feeds) {
    evaluations += target.evaluations();
    return executor.run(Arrays.asList(feeds), target);
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
      if (model.evaluations().containsKey(operation)) {
        open.add(model.evaluations().get(operation).x().op());
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
}
