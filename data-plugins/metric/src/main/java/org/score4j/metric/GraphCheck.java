package org.score4j.metric;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a {@link GraphDef} holds, looked at before TensorFlow is given it: TensorFlow takes the
 * process down over an empty graph, and runs whatever a graph asks for.
 */
final class GraphCheck {
  /** Repeats of one number may fill a constant beyond the bytes that the file has for it. */
  private static final long MOST_REPEATED = 1L << 28;

  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();

  /**
   * A graph.
   *
   * @throws IllegalArgumentException if it is not whole; the message says what it must hold
   */
  GraphCheck(GraphDef graph) {
    for (NodeDef node : graph.getNodeList()) {
      if (nodes.put(node.getName(), node) != null) {
        throw new IllegalArgumentException(
            "must hold every name once, but has two operations " + node.getName());
      }
    }
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
    }
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "must hold operations, but has none: the file is empty or was cut short; fetch or export"
              + " it again");
    }
    nodes.values().forEach(this::checkInputs);
    Stream.concat(
            nodes.values().stream(),
            functions.values().stream().flatMap(function -> function.getNodeDefList().stream()))
        .forEach(GraphCheck::checkConstant);
  }

  private void checkInputs(NodeDef node) {
    for (String input : node.getInputList()) {
      if (!nodes.containsKey(operation(input))) {
        throw new IllegalArgumentException(
            "must be whole, but operation "
                + node.getName()
                + " takes "
                + input
                + ", which is missing: the file was cut short; fetch or export it again");
      }
    }
  }

  private static void checkConstant(NodeDef node) {
    TensorProto tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
    long elements = 1;
    try {
      for (TensorShapeProto.Dim dim : tensor.getTensorShape().getDimList()) {
        elements = Math.multiplyExact(elements, dim.getSize());
      }
    } catch (ArithmeticException e) {
      elements = Long.MAX_VALUE;
    }
    if (elements < 0 || elements > tensor.getSerializedSize() + MOST_REPEATED) {
      throw new IllegalArgumentException(
          "must hold the numbers of its constants, but "
              + node.getName()
              + " is said to have the shape "
              + tensor.getTensorShape().getDimList().stream()
                  .map(TensorShapeProto.Dim::getSize)
                  .toList());
    }
  }

  /** Operations on which some depend, those included. */
  Set<String> upstream(Collection<String> tensors) {
    Set<String> found = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(tensors);
    while (!left.isEmpty()) {
      String name = operation(left.pop());
      if (nodes.containsKey(name) && found.add(name)) {
        left.addAll(nodes.get(name).getInputList());
      }
    }
    return found;
  }

  /** All operations outside functions. */
  Set<String> all() {
    return nodes.keySet();
  }

  /** All functions of the library. */
  Set<String> functions() {
    return functions.keySet();
  }

  /** Functions that nothing calls. */
  Set<String> uncalled() {
    Set<String> uncalled = new HashSet<>(functions.keySet());
    uncalled.removeAll(called(nodes.keySet()));
    return uncalled;
  }

  /** Functions that operations call, and those that these call. */
  Set<String> called(Collection<String> operations) {
    Set<String> found = new HashSet<>();
    Deque<NodeDef> left = new ArrayDeque<>(operations.stream().map(nodes::get).toList());
    while (!left.isEmpty()) {
      for (String name : names(left.pop())) {
        if (functions.containsKey(name) && found.add(name)) {
          left.addAll(functions.get(name).getNodeDefList());
        }
      }
    }
    return found;
  }

  private static List<String> names(NodeDef node) {
    return Stream.concat(
            Stream.of(node.getOp()),
            node.getAttrMap().values().stream()
                .flatMap(
                    value ->
                        Stream.concat(
                            Stream.of(value.getFunc()), value.getList().getFuncList().stream()))
                .map(function -> function.getName()))
        .toList();
  }

  /** The first operation, in some or in what they call, that is not allowed; told in words. */
  Optional<String> forbidden(
      Collection<String> operations, Collection<String> called, AllowedOperations allowed) {
    Optional<String> outside =
        operations.stream()
            .map(nodes::get)
            .filter(node -> !allows(allowed, node))
            .findFirst()
            .map(node -> node.getOp() + " (operation " + node.getName() + ")");
    return outside.or(
        () ->
            called.stream()
                .map(functions::get)
                .flatMap(
                    function ->
                        function.getNodeDefList().stream()
                            .filter(node -> !allows(allowed, node))
                            .map(
                                node ->
                                    node.getOp()
                                        + " (operation "
                                        + node.getName()
                                        + " of function "
                                        + function.getSignature().getName()
                                        + ")"))
                .findFirst());
  }

  private boolean allows(AllowedOperations allowed, NodeDef node) {
    return allowed.names().contains(node.getOp()) || functions.containsKey(node.getOp());
  }

  /** The operation of a tensor {@code name:1} or of a control input {@code ^name}. */
  static String operation(String tensor) {
    return tensor.replaceFirst("^\\^", "").replaceFirst(":\\d+$", "");
  }
}
