package org.score4j.report.tensorboard;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** What an event file holds, but for what depends on the clock. */
public final class EventTexts {
  private static final Set<String> OF_THE_MACHINE = Set.of("stepsPerSecond", "peakMemoryBytes");

  private EventTexts() {}

  /** A text for each value: step, name, and what it is. */
  public static List<String> of(Path file) {
    return EventFile.read(file).stream().flatMap(EventTexts::of).toList();
  }

  private static java.util.stream.Stream<String> of(Event event) {
    return event.getSummary().getValueList().stream()
        .filter(value -> !OF_THE_MACHINE.contains(value.getTag()))
        .map(value -> event.getStep() + " " + value.getTag() + " " + content(value));
  }

  private static String content(Summary.Value value) {
    return value.hasImage()
        ? "image of " + value.getImage().getEncodedImageString().hashCode()
        : value.hasHisto() ? value.getHisto().toString() : "" + value.getSimpleValue();
  }
}
