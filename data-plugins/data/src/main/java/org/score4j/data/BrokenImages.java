package org.score4j.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.score4j.api.InvalidValueException;
import org.score4j.api.InvalidValueException.Fault;
import org.score4j.format.FileFault;

/** Finds the images of an archive that cannot be read. */
final class BrokenImages {
  /** What images must be, and what can be done about those that are not. */
  static final String RULE =
      "must hold images that can be read; repair or remove it, or set broken to \"skip\" (runner"
          + " validate --data lists all such)";

  private static final int MOST_TOLD = 100;

  private BrokenImages() {}

  /** Decodes all images in parallel; why each cannot be read, or empty if it can. */
  static List<Optional<String>> reasons(ImageArchive archive) {
    return IntStream.range(0, archive.count())
        .parallel()
        .mapToObj(index -> reason(archive, index))
        .toList();
  }

  private static Optional<String> reason(ImageArchive archive, int index) {
    try {
      archive.picture(index);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileFault.reason(e));
    }
  }

  /**
   * Decodes all images.
   *
   * @param items what stands for the images, in their order
   * @param names of the images
   * @param broken to which those that cannot be read are added
   * @return the items of those that can
   */
  static <T> List<T> leaveOut(
      ImageArchive archive, List<T> items, List<String> names, List<Listing.Unusable> broken) {
    List<Optional<String>> reasons = reasons(archive);
    List<T> whole = new ArrayList<>();
    for (int i = 0; i < reasons.size(); i++) {
      if (reasons.get(i).isEmpty()) {
        whole.add(items.get(i));
      } else {
        broken.add(new Listing.Unusable(names.get(i), reasons.get(i).get()));
      }
    }
    broken.sort(Comparator.comparing(Listing.Unusable::name));
    return List.copyOf(whole);
  }

  /** What to throw about an archive of which an image cannot be read: about all such. */
  static InvalidValueException fault(ImageArchive archive) {
    List<Optional<String>> reasons = reasons(archive);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < reasons.size() && faults.size() < MOST_TOLD; i++) {
      int index = i;
      reasons
          .get(i)
          .ifPresent(
              reason -> faults.addAll(archive.fault(index, reason, archive.rule()).faults()));
    }
    return new InvalidValueException(faults);
  }

  /**
   * What to throw about images that cannot be used.
   *
   * @param component the recipe key that led to them
   * @param place the folder or archive
   */
  static InvalidValueException fault(
      String component, String place, List<Listing.Unusable> broken) {
    List<Fault> faults = new ArrayList<>();
    for (Listing.Unusable each : broken.subList(0, Math.min(MOST_TOLD, broken.size()))) {
      faults.add(new Fault(component, place + "/" + each.name() + ": " + each.reason(), RULE));
    }
    if (broken.size() > MOST_TOLD) {
      faults.add(new Fault(component, broken.size() - MOST_TOLD + " more images as broken", RULE));
    }
    return new InvalidValueException(faults);
  }
}
