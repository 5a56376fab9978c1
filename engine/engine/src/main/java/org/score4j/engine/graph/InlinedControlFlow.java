package org.score4j.engine.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Operands;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Loops and branches whose functions become part of the graph before it is optimised.
 *
 * <p>Those of TensorFlow Java stay functions, which are optimised apart: a network may then lose
 * fusions that it has outside, and with them the last bits of its results.
 */
public record InlinedControlFlow(Ops tf) {
  private static final String INLINED = "_lower_using_switch_merge";

  /** The loop variables after the last turn; a condition and a body take all of them. */
  public List<Operand<?>> whileLoop(
      List<Operand<?>> start, ConcreteFunction condition, ConcreteFunction body) {
    var builder =
        builder("While", List.of(condition, body))
            .addInputList(outputs(start))
            .setAttr("cond", condition)
            .setAttr("body", body);
    return built(builder, start);
  }

  /**
   * What one of the branches returns.
   *
   * @param branch number of the branch
   * @param arguments of every branch
   * @param like results' types and shapes
   */
  public List<Operand<?>> branch(
      Operand<TInt32> branch,
      List<Operand<?>> arguments,
      List<ConcreteFunction> branches,
      List<Operand<?>> like) {
    List<Class<? extends TType>> types = new ArrayList<>();
    like.forEach(result -> types.add(result.asOutput().type()));
    var builder =
        builder("Case", branches)
            .addInput(branch.asOutput())
            .addInputList(outputs(arguments))
            .setAttr("Tout", Operands.toDataTypes(types))
            .setAttr("branches", branches.toArray(ConcreteFunction[]::new));
    return built(builder, like);
  }

  private OperationBuilder builder(String type, Collection<ConcreteFunction> functions) {
    Scope scope = tf.scope();
    boolean stateful = functions.stream().anyMatch(ConcreteFunction::isStateful);
    return scope
        .env()
        .opBuilder(stateful ? type : "Stateless" + type, scope.makeOpName(type), scope)
        .setAttr(INLINED, true);
  }

  private static Output<?>[] outputs(List<Operand<?>> operands) {
    return operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
  }

  private static List<Operand<?>> built(OperationBuilder builder, List<Operand<?>> like) {
    var operation =
        builder
            .setAttr("output_shapes", like.stream().map(Operand::shape).toArray(Shape[]::new))
            .build();
    List<Operand<?>> results = new ArrayList<>();
    for (int i = 0; i < like.size(); i++) {
      results.add(operation.output(i));
    }
    return results;
  }
}
