package org.score4j.engine.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.score4j.api.ReferenceWeight;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.engine.weights.TrainedWeights.AdamMoments;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.ndarray.Shape;

/**
 * Makes a checkpoint of what others trained. Their tensors must be those of the network, one for
 * one: whatever is missing, left over or of another shape is told, all at once, before anything is
 * written.
 *
 * <p>With Adam's memory the checkpoint is that of their last step, from which training goes on.
 * Without it, or where nothing says how many steps it is of, training starts at step 0 from the
 * weights: Adam's corrections for its first steps then apply.
 */
public final class WeightImport {
  private static final String MODEL = "model/";
  private static final String AVERAGE = "ema/";
  private static final String OTHER_AVERAGE = "ema-";
  private static final String MEAN = "optimizer/m/";
  private static final String SQUARE = "optimizer/v/";

  private final Map<String, ReferenceWeight> weights;
  private final List<CheckpointEntry> entries;
  private final NamedTensors parameters;
  private final String place;
  private final Optional<NamedTensors> averages;
  private final Optional<AdamMoments> moments;
  private final long step;

  /**
   * Finds and checks every tensor.
   *
   * @param weights where the network's parameters and buffers come from
   * @param entries of a checkpoint of the program that is to go on with them
   * @param trained the others' tensors
   * @param ignored tells which of their tensors need not be used
   * @throws TensorFileException naming every tensor that is missing, misshapen or left over
   */
  public WeightImport(
      List<ReferenceWeight> weights,
      List<CheckpointEntry> entries,
      TrainedWeights trained,
      Predicate<String> ignored) {
    this.weights =
        weights.stream()
            .collect(
                Collectors.toMap(ReferenceWeight::path, w -> w, (a, b) -> a, LinkedHashMap::new));
    this.entries = List.copyOf(entries);
    TrainedWeights found =
        trained.ofNetwork(
            weights.stream()
                .flatMap(weight -> weight.references().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    parameters = found.parameters();
    place = found.place();
    List<CheckpointEntry> model =
        entries.stream().filter(entry -> entry.name().startsWith(MODEL)).toList();
    check(model, parameters, "", ignored);

    List<CheckpointEntry> changing = model.stream().filter(CheckpointEntry::trained).toList();
    Set<String> fixed = new HashSet<>();
    model.stream()
        .filter(entry -> !entry.trained())
        .forEach(entry -> fixed.addAll(weight(entry).references()));
    averages = found.averages(fixed);
    averages.ifPresent(tensors -> check(changing, tensors, " of the averages", fixed::contains));
    // Adam corrects its means by the number of its steps.
    moments = hasAdam() && found.step() > 0 ? found.moments() : Optional.empty();
    moments.ifPresent(
        adam -> {
          check(changing, adam.mean(), " of Adam's means", fixed::contains);
          check(changing, adam.square(), " of Adam's squares", fixed::contains);
        });
    step = moments.isPresent() ? found.step() : 0;
  }

  private boolean hasAdam() {
    return entries.stream().anyMatch(entry -> entry.name().startsWith(MEAN))
        && entries.stream().anyMatch(entry -> entry.name().startsWith(SQUARE));
  }

  private ReferenceWeight weight(CheckpointEntry entry) {
    return weights.get(path(entry));
  }

  private static String path(CheckpointEntry entry) {
    return entry.name().substring(entry.name().indexOf('/') + 1);
  }

  private void check(
      List<CheckpointEntry> wanted, NamedTensors tensors, String which, Predicate<String> ignored) {
    List<String> faults = new ArrayList<>();
    Set<String> used = new LinkedHashSet<>();
    for (CheckpointEntry entry : wanted) {
      ReferenceWeight weight = weight(entry);
      if (weight == null) {
        faults.add("no tensor stands for the network's " + path(entry) + " " + entry.shape());
        continue;
      }
      Shape shape = weight.referenceShape(entry.shape());
      for (String name : weight.references()) {
        used.add(name);
        if (!tensors.names().contains(name)) {
          faults.add("missing " + name + " " + shape);
        } else if (!tensors.shape(name).equals(shape)) {
          faults.add(name + " has shape " + tensors.shape(name) + ", expected " + shape);
        }
      }
    }
    for (String name : tensors.names()) {
      if (!used.contains(name) && !ignored.test(name)) {
        faults.add("unexpected " + name + " " + tensors.shape(name));
      }
    }
    if (!faults.isEmpty()) {
      throw new TensorFileException(
          tensors.path(),
          "does not hold the weights of this network; "
              + faults.size()
              + (faults.size() == 1 ? " tensor" : " tensors")
              + which
              + (faults.size() == 1 ? " differs:\n  " : " differ:\n  ")
              + String.join("\n  ", faults));
    }
  }

  /** Whether the others kept averages apart from the parameters. */
  public boolean averaged() {
    return averages.isPresent();
  }

  /** Whether Adam's memory is there, so that training goes on as it would have with them. */
  public boolean continues() {
    return moments.isPresent();
  }

  /** The others' tensors by their names, those included that are no parameters. */
  public NamedTensors others() {
    return parameters;
  }

  /** Where in the file the parameters were found, for people; empty if there is no doubt. */
  public String place() {
    return place;
  }

  /** The step of the checkpoint. */
  public long step() {
    return step;
  }

  /**
   * Writes the checkpoint, one tensor in memory at a time.
   *
   * @throws TensorFileException if a number is not finite as float32; there is no checkpoint then
   */
  public void write(Path file, Map<String, String> metadata) {
    var writer = new TensorFile.Writer(file, metadata);
    Map<String, CheckpointEntry> model = new HashMap<>();
    for (CheckpointEntry entry : entries) {
      if (entry.name().startsWith(MODEL)) {
        model.put(path(entry), entry);
        add(writer, entry.name(), entry, parameters);
        add(writer, AVERAGE + path(entry), entry, average(entry));
      }
    }
    for (CheckpointEntry entry : entries) {
      if (entry.name().startsWith(MODEL) || entry.name().startsWith(AVERAGE)) {
        continue;
      }
      String slot = entry.name();
      if (slot.startsWith(OTHER_AVERAGE)) {
        CheckpointEntry of = model.get(path(entry));
        add(writer, slot, of, average(of));
      } else if (moments.isPresent() && slot.startsWith(MEAN)) {
        add(writer, slot, model.get(slot.substring(MEAN.length())), moments.get().mean());
      } else if (moments.isPresent() && slot.startsWith(SQUARE)) {
        add(writer, slot, model.get(slot.substring(SQUARE.length())), moments.get().square());
      } else {
        writer.add(slot, entry.shape(), () -> new float[(int) entry.shape().size()]);
      }
    }
    writer.write();
  }

  private NamedTensors average(CheckpointEntry entry) {
    return entry.trained() ? averages.orElse(parameters) : parameters;
  }

  private void add(
      TensorFile.Writer writer, String name, CheckpointEntry of, NamedTensors tensors) {
    writer.add(
        name, of.shape(), () -> weight(of).values(each -> finite(tensors, each), of.shape()));
  }

  private static float[] finite(NamedTensors tensors, String name) {
    float[] values = tensors.values(name);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new TensorFileException(
            tensors.path(),
            name + " must hold finite float32 numbers, found " + values[i] + " at index " + i);
      }
    }
    return values;
  }
}
