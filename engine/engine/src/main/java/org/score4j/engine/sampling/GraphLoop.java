package org.score4j.engine.sampling;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.api.Feed;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.GraphScope;
import org.score4j.engine.graph.InlinedControlFlow;
import org.score4j.engine.graph.Variable;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Many runs of a sampler's kernels in one run of the graph:
 *
 * <pre>
 *   for each row of the table:
 *     registers = kernel[order[row]](registers, table[row], (seed, step), captured)
 *     step = step + 1
 * </pre>
 *
 * <p>A row holds the numbers that the host would have fed to the kernel. What else a kernel depends
 * on, such as labels, stays the same and is captured; constants are part of the kernel.
 */
final class GraphLoop {
  // The loop's variables; the registers are followed by what is captured.
  private static final int ROW = 0;
  private static final int ORDER = 1;
  private static final int TABLE = 2;
  private static final int KEY = 3;
  private static final int REGISTERS = 4;

  private final List<CompiledSampler.Built> kernels;
  private final List<Variable> registers;
  private final Map<Operation, Integer> columns = new LinkedHashMap<>();
  private final List<Set<Operation>> needs = new ArrayList<>();
  private final Placeholder<TInt32> order;
  private final Placeholder<TFloat32> table;
  private final List<Operand<?>> start = new ArrayList<>();
  private final Op operation;

  /** Adds the loop to the graph; there must be no {@link #obstacle}. */
  GraphLoop(Computation computation, CompiledSampler sampler, RandomKey key) {
    kernels = sampler.kernels();
    registers = sampler.registers();

    Set<Operation> fed = new HashSet<>();
    sampler.inputs().forEach(input -> fed.add(input.op()));
    Set<Operand<?>> varying = new LinkedHashSet<>(List.of(key.seedAndStep()));
    registers.forEach(register -> varying.add(register.value()));
    Map<Operation, Operand<?>> captured = new LinkedHashMap<>();
    for (var kernel : kernels) {
      Set<Operation> needed = new LinkedHashSet<>();
      needs.add(needed);
      for (Operand<?> source : sources(computation, kernel)) {
        if (fed.contains(source.op())) {
          needed.add(source.op());
          columns.putIfAbsent(source.op(), columns.size());
        } else {
          captured.put(source.op(), source);
        }
      }
    }
    varying.forEach(variable -> captured.remove(variable.op()));

    Ops tf = GraphScope.inside(computation.tf(), "loop");
    order = tf.withName("order").placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    table =
        tf.withName("table").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width())));
    start.addAll(List.of(tf.constant(0), order, table));
    start.addAll(varying);
    start.addAll(captured.values());

    List<ConcreteFunction> made = new ArrayList<>();
    try {
      List<ConcreteFunction> branches = new ArrayList<>();
      for (var kernel : kernels) {
        List<Operand<?>> sources = sources(computation, kernel);
        var inner = noted(made, computation.function(kernel(computation.tf(), kernel, sources)));
        var branch = ConcreteFunction.create(in -> branch(in, kernel, sources, inner));
        branches.add(noted(made, branch));
      }
      var more = noted(made, ConcreteFunction.create(this::more));
      var body = noted(made, ConcreteFunction.create(in -> body(in, branches)));
      operation = written(tf, new InlinedControlFlow(tf).whileLoop(start, more, body));
    } finally {
      // The graph has its own copies.
      made.forEach(ConcreteFunction::close);
    }
  }

  private static ConcreteFunction noted(List<ConcreteFunction> made, ConcreteFunction function) {
    made.add(function);
    return function;
  }

  /** Why a sampler's steps cannot follow each other in the graph; empty if they can. */
  static Optional<String> obstacle(Computation computation, CompiledSampler sampler) {
    Set<Operation> vectors = new HashSet<>();
    sampler.inputs().stream()
        .filter(input -> input.shape().size() > 1)
        .forEach(input -> vectors.add(input.op()));
    for (var kernel : sampler.kernels()) {
      String name = "its kernel " + kernel.name();
      if (!kernel.target().reports().isEmpty()) {
        return Optional.of(name + " reports values, which may decide what comes next");
      }
      if (kernel.writes().isEmpty()) {
        return Optional.of(name + " writes nothing");
      }
      if (sources(computation, kernel).stream().anyMatch(s -> vectors.contains(s.op()))) {
        return Optional.of(name + " is fed a number for each sample");
      }
    }
    return sampler.kernels().isEmpty() ? Optional.of("it has no kernel") : Optional.empty();
  }

  /** The placeholders and variables on which a kernel depends. */
  private static List<Operand<?>> sources(Computation computation, CompiledSampler.Built kernel) {
    List<Operand<?>> sources = new ArrayList<>();
    for (GraphOperation operation : computation.upstream(kernel.writes().values())) {
      if (operation.type().equals("Placeholder") || operation.type().equals("ReadVariableOp")) {
        sources.add(operation.output(0));
      }
    }
    return sources;
  }

  private int width() {
    return Math.max(1, columns.size());
  }

  /** A kernel as a function of what it depends on. */
  private static Signature kernel(Ops tf, CompiledSampler.Built kernel, List<Operand<?>> sources) {
    List<Operand<?>> values = new ArrayList<>();
    // A value may be a source itself.
    kernel.writes().values().forEach(value -> values.add(tf.identity(value)));
    return signature("kernel", sources, values);
  }

  /** A kernel as a function of a row and of the loop's variables, as all kernels are. */
  private Signature branch(
      Ops tf, CompiledSampler.Built kernel, List<Operand<?>> sources, ConcreteFunction inner) {
    var row = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(width())));
    List<Operand<?>> inputs = new ArrayList<>(List.of(row));
    Map<Operation, Operand<?>> known = new HashMap<>();
    for (Operand<?> variable : start.subList(KEY, start.size())) {
      var input = placeholder(tf, variable);
      known.put(variable.op(), input);
      inputs.add(input);
    }
    var numbers = tf.unstack(row, (long) width()).output();
    columns.forEach((input, column) -> known.put(input, numbers.get(column)));

    List<Operand<?>> arguments = new ArrayList<>();
    for (Operand<?> source : sources) {
      Operand<?> value = known.get(source.op());
      boolean vector = columns.containsKey(source.op()) && source.shape().numDimensions() == 1;
      arguments.add(vector ? tf.reshape(value, tf.constant(new int[] {1})) : value);
    }
    var results = tf.partitionedCall(arguments, types(kernel.writes().values()), inner).output();
    List<Variable> written = List.copyOf(kernel.writes().keySet());
    List<Operand<?>> outputs = new ArrayList<>();
    for (Variable register : registers) {
      int place = written.indexOf(register);
      outputs.add(place < 0 ? tf.identity(known.get(register.value().op())) : results.get(place));
    }
    return signature("branch", inputs, outputs);
  }

  private Signature more(Ops tf) {
    List<Operand<?>> variables = placeholders(tf);
    Operand<TInt32> row = typed(variables.get(ROW));
    return signature("more", variables, List.of(tf.math.less(row, tf.size(variables.get(ORDER)))));
  }

  private Signature body(Ops tf, List<ConcreteFunction> branches) {
    List<Operand<?>> variables = placeholders(tf);
    Operand<TInt32> row = typed(variables.get(ROW));
    Operand<TInt32> kernel =
        tf.gather(GraphLoop.<TInt32>typed(variables.get(ORDER)), row, tf.constant(0));
    Operand<TInt64> key = typed(variables.get(KEY));
    List<Operand<?>> arguments = new ArrayList<>();
    arguments.add(tf.gather(variables.get(TABLE), row, tf.constant(0)));
    arguments.addAll(variables.subList(KEY, variables.size()));
    List<Operand<?>> states = variables.subList(REGISTERS, REGISTERS + registers.size());

    List<Operand<?>> next = new ArrayList<>(variables);
    next.set(ROW, tf.math.add(row, tf.constant(1)));
    next.set(KEY, tf.math.add(key, tf.constant(new long[] {0, 1})));
    var results =
        branches.size() == 1
            ? tf.partitionedCall(arguments, types(states), branches.get(0)).output()
            : new InlinedControlFlow(tf).branch(kernel, arguments, branches, states);
    for (int i = 0; i < results.size(); i++) {
      next.set(REGISTERS + i, results.get(i));
    }
    next.replaceAll(tf::identity);
    return signature("body", variables, next);
  }

  private Op written(Ops tf, List<Operand<?>> last) {
    // No register changes before the loop has read all of them, which not every result waits for.
    Ops afterLoop = tf.withControlDependencies(new ArrayList<>(last));
    List<Op> writes = new ArrayList<>();
    for (int i = 0; i < registers.size(); i++) {
      writes.add(afterLoop.assignVariableOp(registers.get(i).handle(), last.get(REGISTERS + i)));
    }
    return tf.withControlDependencies(writes).noOp();
  }

  private List<Operand<?>> placeholders(Ops tf) {
    List<Operand<?>> placeholders = new ArrayList<>();
    start.forEach(variable -> placeholders.add(placeholder(tf, variable)));
    return placeholders;
  }

  private static Operand<?> placeholder(Ops tf, Operand<?> like) {
    return tf.placeholder(like.asOutput().type(), Placeholder.shape(like.shape()));
  }

  private static Signature signature(
      String name, List<? extends Operand<?>> inputs, List<? extends Operand<?>> outputs) {
    var signature = Signature.builder(name);
    for (int i = 0; i < inputs.size(); i++) {
      signature.input("in" + i, inputs.get(i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      signature.output("out" + i, outputs.get(i));
    }
    return signature.build();
  }

  private static List<Class<? extends TType>> types(Collection<? extends Operand<?>> values) {
    List<Class<? extends TType>> types = new ArrayList<>();
    values.forEach(value -> types.add(value.asOutput().type()));
    return types;
  }

  @SuppressWarnings("unchecked")
  private static <T extends TType> Operand<T> typed(Operand<?> variable) {
    return (Operand<T>) variable;
  }

  /**
   * Has a run of the graph do these runs of kernels.
   *
   * @return the tensors that are fed, which are the caller's to close after the run
   */
  List<Tensor> feed(Session.Runner runner, List<LoopRecording.Run> runs) {
    List<CompiledSampler.Target> targets = kernels.stream().map(k -> k.target()).toList();
    int[] numbers = new int[runs.size()];
    float[] rows = new float[runs.size() * width()];
    for (int i = 0; i < numbers.length; i++) {
      var run = runs.get(i);
      numbers[i] = targets.indexOf(run.target());
      Set<Operation> missing = new LinkedHashSet<>(needs.get(numbers[i]));
      for (Feed feed : run.feeds()) {
        for (HostFeed.Value value : ((HostFeed) feed).values()) {
          Operation input = value.placeholder().op();
          if (missing.remove(input)) {
            rows[i * width() + columns.get(input)] = (float) value.numbers()[0];
          }
        }
      }
      if (!missing.isEmpty()) {
        throw new IllegalArgumentException(
            "kernel " + kernels.get(numbers[i]).name() + " is not fed " + names(missing));
      }
    }
    Shape shape = Shape.of(numbers.length, width());
    TInt32 orders = TInt32.tensorOf(shape.take(1), DataBuffers.of(IntBuffer.wrap(numbers)));
    TFloat32 values = TFloat32.tensorOf(shape, DataBuffers.of(FloatBuffer.wrap(rows)));
    runner.feed(order, orders).feed(table, values).addTarget(operation);
    return List.of(orders, values);
  }

  private static String names(Set<Operation> operations) {
    return String.join(", ", operations.stream().map(Operation::name).toList());
  }
}
