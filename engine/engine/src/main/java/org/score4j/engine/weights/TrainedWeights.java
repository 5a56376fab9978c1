package org.score4j.engine.weights;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.format.torch.TorchFile;

/** What others trained: a network's tensors by the names their code gives them. */
public interface TrainedWeights {

  /** The parameters, and whatever else the network keeps. */
  NamedTensors parameters();

  /**
   * The weights of a network among all that a trainer saved: under another key, behind a prefix of
   * the names, in two versions of which one is averaged.
   *
   * @param names of the network's tensors
   * @throws TensorFileException if there are several such networks
   */
  default TrainedWeights ofNetwork(Set<String> names) {
    return this;
  }

  /** Where in the file the parameters were found, for people; empty if there is no doubt. */
  default String place() {
    return "";
  }

  /**
   * Moving averages of the trained parameters; empty if there are none apart from the parameters.
   *
   * @param untrained names of parameters that are never trained, and so not averaged
   */
  default Optional<NamedTensors> averages(Set<String> untrained) {
    return Optional.empty();
  }

  /** Adam's memory of the trained parameters; empty if it is not kept. */
  default Optional<AdamMoments> moments() {
    return Optional.empty();
  }

  /** How many steps they were trained for; 0 if that is not kept. */
  default long step() {
    return 0;
  }

  /**
   * Adam's memory.
   *
   * @param mean of the gradient, by the names of the parameters
   * @param square mean of its square
   */
  record AdamMoments(NamedTensors mean, NamedTensors square) {}

  /**
   * Opens a file of weights: of {@code torch.save}, or a safetensors file.
   *
   * @throws TensorFileException if it is neither, or cannot be read
   */
  static TrainedWeights open(Path file) {
    return TorchFile.begins(file)
        ? TorchCheckpoint.of(TorchFile.open(file))
        : new NamedCheckpoint(TensorFile.openSound(file));
  }
}
