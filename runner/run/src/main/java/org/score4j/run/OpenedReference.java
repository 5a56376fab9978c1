package org.score4j.run;

import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.examples.Reference;
import org.score4j.examples.Standardizing;
import org.score4j.folder.DataKind;

/**
 * What samples are held against, while it is open.
 *
 * @param data what was learnt from
 * @param own the recipe's reference, opened; empty if that is the data
 */
public record OpenedReference(Examples data, Optional<Examples> own) implements AutoCloseable {

  /**
   * The recipe's reference, if it has one.
   *
   * @param own is closed if it is refused
   * @throws InvalidValueException if it cannot be read or is not like the data
   */
  public static OpenedReference of(Optional<Examples> own, Examples data) {
    var opened =
        new OpenedReference(
            data, own.map(each -> Standardizing.apply(each, data.standardization())));
    opened.own.ifPresent(
        reference -> {
          DataKind found = DataKind.of(reference);
          if (!found.equals(DataKind.of(data))) {
            opened.close();
            throw new InvalidValueException(
                "reference", found, "must be like the data, " + DataKind.of(data));
          }
        });
    return opened;
  }

  /** What samples are compared with. */
  public Reference get() {
    return new Reference(own.orElse(data));
  }

  @Override
  public void close() {
    own.ifPresent(Examples::close);
  }
}
