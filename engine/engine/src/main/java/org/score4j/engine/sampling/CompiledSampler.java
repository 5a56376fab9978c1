package org.score4j.engine.sampling;

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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.FieldAt;
import org.score4j.api.Initializer;
import org.score4j.api.Kernel;
import org.score4j.api.Level;
import org.score4j.api.LevelTensors;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.Variable;
import org.score4j.engine.random.NoiseSource;
import org.score4j.engine.sampling.Visits.StateControl;
import org.score4j.engine.sampling.Visits.Visit;
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
   * @param visits registers that are taken to hold samples
   */
  record Target(
      Op operation,
      List<Operand<TFloat32>> reports,
      Set<Operation> dependencies,
      int evaluations,
      List<Visit> visits) {}

  /** A kernel as it was built: what it is run by, and what it writes to which register. */
  record Built(String name, Target target, Map<Variable, Operand<TFloat32>> writes) {}

  private final Computation computation;
  private final Ops tf;
  private final Sde sde;
  private final NoiseSource noise;
  private final Shape shape;
  private final Executor executor;
  private final StateRegister state;
  private final List<StateRegister> others = new ArrayList<>();
  private final FedInputs inputs;
  private final List<Built> kernels = new ArrayList<>();
  private final Visits visits;
  private final Map<Register, Optional<StateControl>> controls = new HashMap<>();
  private final List<KeptNoise> keptNoises = new ArrayList<>();
  private final ControlledModel model;
  private final Operand<TFloat32> samples;
  private long evaluations;

  /** Noise that is drawn when a draw starts, and kept. */
  private record KeptNoise(Variable variable, Operand<TFloat32> drawn) {}

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
    this.state = new StateRegister(tf, variable("state"));
    this.visits = new Visits(tf, model.field());
    controls.put(state, control("control", state, noise::next));
    this.samples = model.samples(state.variable().value());
  }

  /** What controls make of a register; empty if none changes it. */
  private Optional<StateControl> control(
      String name, StateRegister register, Supplier<Operand<TFloat32>> numbers) {
    var levels = inputs.levels(name, batch());
    Operand<TFloat32> value = register.variable().value();
    Operand<TFloat32> changed = model.state(value, levels, numbers);
    return changed == value
        ? Optional.empty()
        : Optional.of(new StateControl(levels, target(name, List.of(), register.set(changed))));
  }

  private Operand<TFloat32> keptNoise() {
    var kept = new KeptNoise(variable("noise" + keptNoises.size()), noise.next());
    keptNoises.add(kept);
    return kept.variable().value();
  }

  /** Evaluations of the network so far, each of a whole batch. */
  long evaluations() {
    return evaluations;
  }

  /** What the controls make of the state after the last kernel. */
  Operand<TFloat32> samples() {
    return samples;
  }

  /** The state's variable, those of the other registers, and those of noise that is kept. */
  List<Variable> registers() {
    List<Variable> registers = new ArrayList<>(List.of(state.variable()));
    others.forEach(register -> registers.add(register.variable()));
    keptNoises.forEach(kept -> registers.add(kept.variable()));
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
    keptNoises.forEach(
        kept -> writes.add(tf.assignVariableOp(kept.variable().handle(), kept.drawn())));
    List<Op> values = new ArrayList<>(List.of(value));
    keptNoises.forEach(kept -> values.add(kept.drawn()));
    return new Target(
        tf.withControlDependencies(writes).noOp(), List.of(), dependencies(values), 0, List.of());
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
  public FieldAt at(Register x, Level level) {
    return noted((StateRegister) x, level);
  }

  private FieldAt noted(StateRegister register, LevelTensors level) {
    var control =
        controls.computeIfAbsent(
            register,
            x -> control("control-" + register.variable().name(), register, this::keptNoise));
    return visits.at(new Visit(register, level, control));
  }

  @Override
  public Register state() {
    return state;
  }

  @Override
  public Register register(String name) {
    var made = new StateRegister(tf, variable(name + others.size()));
    others.add(made);
    return made;
  }

  private Variable variable(String name) {
    return computation.variable("sampler/" + name, shape, Initializer.zeros());
  }

  @Override
  public Coefficient scalar(String name) {
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
  public Coefficient perSample(String name) {
    return inputs.vector(name, batch());
  }

  @Override
  public Level levelPerSample(String name) {
    return inputs.levels(name, batch());
  }

  @Override
  public Term noise() {
    return Term.of(tf, noise.next());
  }

  @Override
  public Kernel kernel(String name, List<Operand<TFloat32>> reports, Register.Update... updates) {
    Target target = target(name, reports, updates);
    return feeds -> {
      for (Visit visit : target.visits()) {
        visit.fed(name, List.of(feeds));
        visit
            .control()
            .ifPresent(c -> run(c.target(), c.levels().at(visit.times(name, List.of(feeds)))));
      }
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
            visits.of(name, dependencies, Stream.concat(Stream.of(state), others.stream())));
    kernels.add(new Built(name, target, valueOfRegister));
    return target;
  }

  /** The times at which a run of a kernel takes the samples' states to be; empty if it does not. */
  Optional<double[]> timesOfState(Target target, List<Feed> feeds) {
    return target.visits().stream()
        .filter(visit -> visit.register().equals(state))
        .findFirst()
        .map(visit -> visit.times(target.operation().op().name(), feeds));
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
}
