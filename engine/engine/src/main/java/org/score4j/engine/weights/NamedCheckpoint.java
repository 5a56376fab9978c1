package org.score4j.engine.weights;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.score4j.engine.weights.StateSearch.Found;
import org.score4j.engine.weights.StateSearch.Group;
import org.score4j.format.NamedTensors;

/** Tensors that are known by name alone, as those of a safetensors file. */
record NamedCheckpoint(NamedTensors parameters) implements TrainedWeights {

  @Override
  public TrainedWeights ofNetwork(Set<String> names) {
    return new Chosen(
        new StateSearch(parameters.path(), List.of(new Group("", false, parameters))).find(names));
  }

  /** Those of one network. */
  private record Chosen(Found found) implements TrainedWeights {
    @Override
    public NamedTensors parameters() {
      return found.parameters();
    }

    @Override
    public Optional<NamedTensors> averages(Set<String> untrained) {
      return found.averages();
    }

    @Override
    public String place() {
      return found.place();
    }
  }
}
