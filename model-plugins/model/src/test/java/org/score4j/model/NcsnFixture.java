package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.score4j.api.ReferenceWeight;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Inputs, weights and float64 outputs of the peer's NCSN layers and networks. */
record NcsnFixture(PeerFile peer) {
  private static final double FLOORS = 20;

  static NcsnFixture open(String name) {
    return new NcsnFixture(PeerFile.open(name));
  }

  /** Images of the file. */
  Operand<TFloat32> images(TestGraph graph, String name) {
    return peer.tensor(graph, name);
  }

  /**
   * Holds y [B, H, W, C] against the file's {@code output}.
   *
   * @param weights where the file has each of the graph's parameters; all of both
   * @param prefix what all names of weights start with in the file
   * @param floor largest difference of the peer's own float32 output
   */
  void verify(
      TestGraph graph,
      Operand<TFloat32> y,
      List<ReferenceWeight> weights,
      String prefix,
      String output,
      double floor) {
    Set<String> inFile =
        peer.file().names().stream()
            .filter(name -> name.startsWith(prefix))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed = new TreeSet<>();
    Map<String, float[]> values = new HashMap<>();
    for (var weight : weights) {
      weight.references().forEach(reference -> listed.add(prefix + reference));
      values.put(
          weight.path(),
          weight.values(
              reference -> peer.file().floats(prefix + reference),
              graph.parameters().get(weight.path()).shape()));
    }
    assertEquals(inFile, listed);
    assertEquals(new TreeSet<>(graph.parameters().keySet()), new TreeSet<>(values.keySet()));
    peer.verify(graph, y, values, output, FLOORS * floor);
  }
}
