package org.score4j.engine.graph;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.score4j.api.Initializer;
import org.score4j.engine.device.CudaLibraries;
import org.score4j.engine.device.Device;
import org.score4j.engine.device.FirstRun;
import org.score4j.engine.gradient.CustomGradients;
import org.score4j.engine.gradient.SecondOrderGradients;
import org.score4j.engine.random.Hashing;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * A graph, its variables and the session that runs it.
 *
 * <p>First everything is added to the graph, then {@link #start} fixes it and gives the variables
 * their initial values, then it runs.
 */
public final class Computation implements AutoCloseable {
  private static final long BYTES_ASSIGNED_AT_ONCE = 256 << 20;

  // The second pass finds nothing that the first left, and takes a second for a U-Net; so does the
  // search for memory to save, which knows of nothing that is not needed.
  private static final RewriterConfig REWRITING =
      RewriterConfig.newBuilder()
          .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
          .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT)
          .build();

  private final Graph graph;
  private final Ops tf;
  private final long seed;
  private final int threads;
  private final Device device;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> initialValues = new LinkedHashMap<>();
  private final List<Op> initializers = new ArrayList<>();
  private final Map<String, Placeholder<TFloat32>> inputs = new LinkedHashMap<>();
  private final Map<String, Op> assignments = new LinkedHashMap<>();
  private final Optional<ConstantParameters> constants;
  private Session session;

  /**
   * An empty computation.
   *
   * @param seed determines the initial values of the variables
   * @param threads of one operation; 0 for as many as the machine has
   * @param device where it runs
   */
  public Computation(long seed, int threads, Device device) {
    this(seed, threads, device, Optional.empty());
  }

  /**
   * An empty computation.
   *
   * @param constants values of variables that do not change
   */
  public Computation(
      long seed, int threads, Device device, Optional<ConstantParameters> constants) {
    CudaLibraries.load();
    this.graph = new Graph();
    this.tf = GraphScope.ops(graph);
    this.seed = seed;
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    this.device = device;
    this.constants = constants;
    SecondOrderGradients.install();
    FirstRun.done();
  }

  /** Every operation on which values depend. */
  public Set<GraphOperation> upstream(Collection<? extends Operand<?>> values) {
    return graph.completeSubgraph(Set.of(), new LinkedHashSet<>(values));
  }

  /** A function of part of the graph: the operations between inputs and outputs. */
  public ConcreteFunction function(Signature signature) {
    return ConcreteFunction.create(signature, graph);
  }

  /** All operations there are. */
  public Graph graph() {
    return graph;
  }

  /** Where operations are added. */
  public Ops tf() {
    return tf;
  }

  /**
   * The variable of that name, made if there is none.
   *
   * @throws IllegalArgumentException if there is one of another shape
   */
  public Variable variable(String name, Shape shape, Initializer initializer) {
    return variable(name, shape, initializer, true);
  }

  /**
   * The same for a variable that is not trained.
   *
   * @throws IllegalArgumentException if there is one of another shape, or one that is trained
   */
  Variable buffer(String name, Shape shape, Initializer initializer) {
    return variable(name, shape, initializer, false);
  }

  private Variable variable(String name, Shape shape, Initializer initializer, boolean trained) {
    Variable known = variables.get(name);
    if (known == null) {
      Ops at = GraphScope.inside(tf, name);
      var key =
          at.constant(new long[] {Hashing.combine(seed, Hashing.of(name)), Hashing.of("initial")});
      Variable made = make(name, shape, initializer.values(at, shape, key), trained);
      variables.put(name, made);
      return made;
    }
    if (!known.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "parameter "
              + name
              + " has shape "
              + known.shape()
              + " and cannot be asked for as "
              + shape);
    }
    if (known.trained() != trained) {
      throw new IllegalArgumentException(
          name + " cannot be both a parameter, which is trained, and a buffer, which is not");
    }
    return known;
  }

  /** A variable of another name that starts from the same values as a parameter. */
  public Variable copyOf(Variable original, String name) {
    Variable made =
        make(name, original.shape(), initialValues.get(original.name()), original.trained());
    variables.put(name, made);
    return made;
  }

  /** A variable, zero at first, that is no part of what is saved. */
  public Variable scratch(String name, Shape shape) {
    Ops at = GraphScope.inside(tf, name);
    return make(name, shape, at.fill(at.constant(shape.asArray()), at.constant(0f)), false);
  }

  private Variable make(String name, Shape shape, Operand<TFloat32> values, boolean trained) {
    Ops at = GraphScope.inside(tf, name);
    var handle =
        at.withName("variable").varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    var constant = constants.flatMap(c -> c.constant(at.withName("value"), name, shape));
    if (constant.isPresent()) {
      return new Variable(name, shape, handle, constant.get(), trained);
    }
    initializers.add(at.withName("initialize").assignVariableOp(handle, values));
    initialValues.put(name, values);
    var input = at.withName("input").placeholder(TFloat32.class, Placeholder.shape(shape));
    inputs.put(name, input);
    assignments.put(name, at.withName("assign").assignVariableOp(handle, input));
    return new Variable(
        name, shape, handle, at.withName("value").readVariableOp(handle, TFloat32.class), trained);
  }

  /** Every variable that is saved, in the order of making. */
  public List<Variable> variables() {
    return List.copyOf(variables.values());
  }

  /**
   * Ends the building of the graph and initialises the variables.
   *
   * @throws TensorFileException if constants were given that are not the model's parameters
   */
  public void start() {
    session =
        new Session(
            graph,
            device
                .configure(ConfigProto.newBuilder())
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .setAllowSoftPlacement(true)
                .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(REWRITING))
                .build());
    if (!initializers.isEmpty()) {
      Session.Runner runner = session.runner();
      initializers.forEach(runner::addTarget);
      runner.run().close();
    }
    constants.ifPresent(this::loadRest);
  }

  private void loadRest(ConstantParameters stored) {
    Map<String, String> tensors = new HashMap<>();
    variables.keySet().stream()
        .filter(stored::has)
        .forEach(name -> tensors.put(name, stored.tensor(name)));
    if (!tensors.isEmpty()) {
      check(stored.file(), tensors, stored::isNot);
      tensors.keySet().retainAll(assignments.keySet());
      load(stored.file(), tensors, tensor -> true);
    }
  }

  /** A run of the started computation. */
  public Session.Runner runner() {
    return session.runner();
  }

  /** The values of the variables as they are now. */
  public Snapshot snapshot() {
    Session.Runner runner = session.runner();
    variables.values().forEach(v -> runner.fetch(v.value()));
    return new Snapshot(List.copyOf(variables.keySet()), runner.run());
  }

  /**
   * Gives the variables under one path the values that a file has under another, which holds
   * nothing else.
   *
   * @throws TensorFileException naming every tensor that is missing, misshapen, or in excess
   */
  public void load(TensorFile file, String path, String pathInFile) {
    Map<String, String> tensors = new HashMap<>();
    variables.keySet().stream()
        .filter(name -> name.startsWith(path + "/"))
        .forEach(name -> tensors.put(name, pathInFile + name.substring(path.length())));
    load(file, tensors, name -> !name.startsWith(pathInFile + "/"));
  }

  /**
   * Gives variables the values of tensors in a file.
   *
   * @param tensorOfVariable name of the tensor for each variable that is to be set
   * @param ignored tells which other tensors the file may hold
   * @throws TensorFileException naming every tensor that is missing, misshapen, or in excess
   */
  public void load(
      TensorFile file, Map<String, String> tensorOfVariable, Predicate<String> ignored) {
    check(file, tensorOfVariable, ignored);
    assign(
        variables.values().stream()
            .filter(variable -> tensorOfVariable.containsKey(variable.name()))
            .toList(),
        variable -> file.floats(tensorOfVariable.get(variable.name())));
  }

  private void check(
      TensorFile file, Map<String, String> tensorOfVariable, Predicate<String> ignored) {
    List<String> faults = new ArrayList<>();
    Set<String> wanted = new TreeSet<>();
    for (Variable variable : variables.values()) {
      String tensor = tensorOfVariable.get(variable.name());
      if (tensor == null) {
        continue;
      }
      wanted.add(tensor);
      if (!file.contains(tensor)) {
        faults.add("missing " + tensor + " " + variable.shape());
      } else if (!file.shape(tensor).equals(variable.shape())) {
        faults.add(tensor + " has shape " + file.shape(tensor) + ", expected " + variable.shape());
      }
    }
    file.names().stream()
        .filter(name -> !wanted.contains(name) && !ignored.test(name))
        .forEach(name -> faults.add("unexpected " + name + " " + file.shape(name)));
    if (!faults.isEmpty()) {
      throw new TensorFileException(file.path(), String.join("; ", faults));
    }
  }

  /**
   * Gives variables other values, many in one run: each new set of feeds costs TensorFlow a pass
   * over the whole graph.
   *
   * @param values of a variable, row-major
   * @throws IllegalStateException if one is a constant
   */
  public void assign(List<Variable> all, Function<Variable, float[]> values) {
    Iterator<Variable> left = all.iterator();
    while (left.hasNext()) {
      Session.Runner runner = session.runner();
      List<TFloat32> fed = new ArrayList<>();
      try {
        for (long bytes = 0; left.hasNext() && bytes < BYTES_ASSIGNED_AT_ONCE; ) {
          Variable variable = left.next();
          if (!assignments.containsKey(variable.name())) {
            throw new IllegalStateException(variable.name() + " is a constant of this program");
          }
          var buffer = DataBuffers.of(FloatBuffer.wrap(values.apply(variable)));
          TFloat32 tensor = TFloat32.tensorOf(variable.shape(), buffer);
          fed.add(tensor);
          runner
              .feed(inputs.get(variable.name()), tensor)
              .addTarget(assignments.get(variable.name()));
          bytes += tensor.numBytes();
        }
        runner.run().close();
      } finally {
        fed.forEach(TFloat32::close);
      }
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    CustomGradients.forget(graph);
    graph.close();
  }
}
