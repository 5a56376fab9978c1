package org.score4j.engine.graph;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.TensorShapeProto;

/**
 * How long an operation of TensorFlow's own, rewritten graph took in one run.
 *
 * @param type such as {@code _FusedConv2D}
 * @param name of the operation in the graph
 * @param output shape of its first output; of no dimensions if it has none
 * @param seconds from its start to its end
 */
public record OperationTime(String type, String name, Shape output, double seconds) {
  /** As in {@code name = Type(input, input)}. */
  private static final Pattern LABEL = Pattern.compile(".* = ([^(]+)\\(.*", Pattern.DOTALL);

  /** Runs with all operations timed, in the order in which they began. */
  public static List<OperationTime> of(Session.Runner runner) {
    var options = RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    try (Result result = runner.setOptions(options).runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow().getStepStats().getDevStatsList().stream()
          .flatMap(device -> device.getNodeStatsList().stream())
          .map(OperationTime::of)
          .toList();
    }
  }

  private static OperationTime of(NodeExecStats node) {
    Matcher label = LABEL.matcher(node.getTimelineLabel());
    String type = label.matches() ? label.group(1) : node.getTimelineLabel();
    Shape output =
        node.getOutputCount() == 0
            ? Shape.scalar()
            : shape(node.getOutput(0).getTensorDescription().getShape());
    double nanos = node.getOpEndRelNanos() - node.getOpStartRelNanos();
    return new OperationTime(type, node.getNodeName(), output, nanos / 1e9);
  }

  private static Shape shape(TensorShapeProto shape) {
    return Shape.of(shape.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray());
  }
}
