package org.score4j.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorInfo;

/**
 * What a SavedModel would run. Loading one runs its restore operation and its initialization, so it
 * is looked at before:
 *
 * <ul>
 *   <li>what its outputs and its initialization depend on computes in memory alone;
 *   <li>what restores its variables may read a checkpoint too;
 *   <li>what saves them may write one, but is never run here.
 * </ul>
 */
final class SavedCheck {
  private static final List<String> INITIALIZATIONS =
      List.of("saved_model_main_op", "legacy_init_op");

  private SavedCheck() {}

  /**
   * The first operation that is not allowed where it stands.
   *
   * @throws IllegalArgumentException if the graph is not whole
   */
  static Optional<String> forbidden(MetaGraphDef meta) {
    var graph = new GraphCheck(meta.getGraphDef());
    SaverDef saver = meta.getSaverDef();
    Set<String> restoring = graph.upstream(List.of(saver.getRestoreOpName()));
    Set<String> saving = graph.upstream(List.of(saver.getSaveTensorName()));
    saving.removeAll(restoring);

    Set<String> run = new HashSet<>(graph.all());
    run.removeAll(restoring);
    run.removeAll(saving);
    run.addAll(graph.upstream(outputs(meta)));
    restoring.removeAll(run);
    saving.removeAll(run);

    Set<String> called = graph.called(run);
    called.addAll(graph.uncalled());
    AllowedOperations pure = AllowedOperations.pure();
    AllowedOperations reading = pure.andRestoring();
    return graph
        .forbidden(run, called, pure)
        .or(() -> graph.forbidden(restoring, graph.called(restoring), reading))
        .or(() -> graph.forbidden(saving, graph.called(saving), reading.andSaving()));
  }

  private static List<String> outputs(MetaGraphDef meta) {
    Stream<String> signatures =
        meta.getSignatureDefMap().values().stream()
            .flatMap(signature -> signature.getOutputsMap().values().stream())
            .map(TensorInfo::getName);
    Stream<String> initializations =
        INITIALIZATIONS.stream()
            .map(name -> meta.getCollectionDefOrDefault(name, CollectionDef.getDefaultInstance()))
            .flatMap(collection -> collection.getNodeList().getValueList().stream());
    return Stream.concat(signatures, initializations).toList();
  }
}
