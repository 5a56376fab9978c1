package org.score4j.engine.size;

import org.tensorflow.ConcreteFunction;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Scope;

/** A graph that takes only so many operations. */
final class CountedGraph implements ExecutionEnvironment {
  private final Graph graph;
  private final int most;
  private int operations;

  /** Thrown in the midst of a model when its graph is full; whoever started it knows why. */
  static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  CountedGraph(Graph graph, int most) {
    this.graph = graph;
    this.most = most;
  }

  @Override
  public OperationBuilder opBuilder(String type, String name, Scope scope) {
    if (operations == most) {
      throw new FullException();
    }
    operations++;
    return graph.opBuilder(type, name, scope);
  }

  @Override
  public Types environmentType() {
    return graph.environmentType();
  }

  @Override
  public void attachFunction(ConcreteFunction function) {
    graph.attachFunction(function);
  }

  @Override
  public void checkInput(Operation input) {
    graph.checkInput(input);
  }

  @Override
  public boolean isInitializer(Operation operation) {
    return graph.isInitializer(operation);
  }

  @Override
  public Scope baseScope() {
    return graph.baseScope();
  }
}
