package org.score4j.engine.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The operations of a graph by their names, to take a part of them, some replaced, elsewhere. */
public final class GraphNodes {
  private final GraphDef whole;
  private final Map<String, NodeDef> nodes = new HashMap<>();

  public GraphNodes(GraphDef whole) {
    this.whole = whole;
    whole.getNodeList().forEach(this::put);
  }

  /** Adds an operation, or replaces the one of its name. */
  public void put(NodeDef node) {
    nodes.put(node.getName(), node);
  }

  /**
   * The operation that an input comes from.
   *
   * @param input {@code name}, {@code name:output} or, if it only has to run before, {@code ^name}
   */
  public NodeDef source(String input) {
    return nodes.get(input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", ""));
  }

  /** The graph of some operations and of what they need, in the order of their names. */
  public GraphDef neededBy(Collection<String> targets) {
    Map<String, NodeDef> needed = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(targets);
    while (!open.isEmpty()) {
      NodeDef node = source(open.pop());
      if (needed.put(node.getName(), node) == null) {
        node.getInputList().forEach(open::push);
      }
    }
    return whole.toBuilder().clearNode().addAllNode(needed.values()).build();
  }
}
