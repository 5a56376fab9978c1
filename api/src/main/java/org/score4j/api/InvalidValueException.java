package org.score4j.api;

import java.util.List;
import java.util.stream.Collectors;

/** A component of a plugin breaks a rule; whoever read the recipe adds where the value stands. */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * One broken rule.
   *
   * @param component the record component, which is also the recipe key
   * @param found the value found there, as text
   * @param rule what it must be, for example {@code "must be at least 1"}
   */
  public record Fault(String component, String found, String rule) {
    @Override
    public String toString() {
      return component + ": " + rule + ", found " + found;
    }
  }

  private final transient List<Fault> faults;

  /** An exception for one fault or more. */
  public InvalidValueException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** An exception for a single fault. */
  public InvalidValueException(String component, Object found, String rule) {
    this(List.of(new Fault(component, String.valueOf(found), rule)));
  }

  /** Every broken rule, never empty. */
  public List<Fault> faults() {
    return faults;
  }
}
