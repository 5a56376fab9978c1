package org.score4j.engine.size;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;

/**
 * What a network computes of one example on its way. Operations that only rename or reshape share
 * the memory of their input and are not counted.
 *
 * @param all bytes of all of it, which training keeps for the gradients
 * @param live bytes of the most of it that is needed at one time, without gradients
 * @param widest elements of the largest tensor
 */
public record ActivationSize(long all, long live, long widest) {
  private static final Set<String> VIEWS =
      Set.of(
          "Identity",
          "Reshape",
          "ExpandDims",
          "Squeeze",
          "StopGradient",
          "Shape",
          "ShapeN",
          "Size",
          "Rank",
          "PreventGradient",
          "Placeholder");

  /**
   * Sums over a graph.
   *
   * @param given tensors that belong to examples; the rest depends on them, or on parameters alone
   */
  static ActivationSize of(Graph graph, List<Operand<?>> given) {
    Set<String> ofExamples = new HashSet<>();
    given.forEach(operand -> ofExamples.add(operand.op().name()));
    List<Long> bytes = new ArrayList<>();
    List<List<Integer>> inputs = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    long all = 0;
    long widest = 0;
    for (Iterator<GraphOperation> each = graph.operations(); each.hasNext(); ) {
      GraphOperation operation = each.next();
      List<Integer> sources = new ArrayList<>();
      boolean depends = ofExamples.contains(operation.name());
      for (int i = 0; i < operation.numInputs(); i++) {
        String source = operation.input(i).op().name();
        depends |= ofExamples.contains(source);
        sources.add(places.getOrDefault(source, 0));
      }
      long own = 0;
      if (depends) {
        ofExamples.add(operation.name());
        if (!VIEWS.contains(operation.type())) {
          for (int i = 0; i < operation.numOutputs(); i++) {
            long elements = elements(operation.output(i));
            widest = Math.max(widest, elements);
            own = saturated(own, bytes(operation.output(i), elements));
          }
        }
      }
      places.put(operation.name(), bytes.size());
      bytes.add(own);
      inputs.add(sources);
      all = saturated(all, own);
    }
    return new ActivationSize(all, live(bytes, inputs), widest);
  }

  /** The largest sum of what has been computed and is still to be read. */
  private static long live(List<Long> bytes, List<List<Integer>> inputs) {
    int[] lastReader = new int[bytes.size()];
    for (int i = 0; i < inputs.size(); i++) {
      for (int source : inputs.get(i)) {
        lastReader[source] = i;
      }
    }
    Map<Integer, Long> freed = new HashMap<>();
    for (int i = 0; i < lastReader.length; i++) {
      freed.merge(Math.max(lastReader[i], i), bytes.get(i), ActivationSize::saturated);
    }
    long live = 0;
    long most = 0;
    for (int i = 0; i < bytes.size(); i++) {
      live = saturated(live, bytes.get(i));
      most = Math.max(most, live);
      live -= freed.getOrDefault(i, 0L);
    }
    return most;
  }

  private static long elements(Output<?> output) {
    Shape shape = output.shape();
    return shape.isUnknown() || shape.hasUnknownDimension() ? 0 : NetworkSize.elements(shape);
  }

  private static long bytes(Output<?> output, long elements) {
    int width =
        switch (output.dataType()) {
          case DT_DOUBLE, DT_INT64, DT_COMPLEX64 -> Long.BYTES;
          case DT_HALF, DT_BFLOAT16, DT_INT16 -> Short.BYTES;
          case DT_BOOL, DT_INT8, DT_UINT8 -> Byte.BYTES;
          default -> Float.BYTES;
        };
    return elements > Long.MAX_VALUE / width ? Long.MAX_VALUE : elements * width;
  }

  private static long saturated(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }
}
