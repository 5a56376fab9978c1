package org.score4j.api;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules a canonical constructor holds its components to; all faults are reported together.
 *
 * <pre>
 *   Validation.begin()
 *       .positive("sigmaMin", sigmaMin)
 *       .rule(sigmaMax &gt; sigmaMin, "sigmaMax", sigmaMax, "must exceed sigmaMin")
 *       .end();
 * </pre>
 */
public final class Validation {
  /** Largest {@link #count count}. */
  public static final int MOST = 1_000_000;

  private final List<InvalidValueException.Fault> faults = new ArrayList<>();

  private Validation() {}

  /** Starts a check with no faults. */
  public static Validation begin() {
    return new Validation();
  }

  /** The value must be finite and above zero. */
  public Validation positive(String component, double value) {
    return rule(
        value > 0 && Double.isFinite(value), component, value, "must be a finite number above 0");
  }

  /** The value must be finite and not below zero. */
  public Validation notNegative(String component, double value) {
    return rule(
        value >= 0 && Double.isFinite(value),
        component,
        value,
        "must be a finite number, 0 or above");
  }

  /** The value must lie in the closed interval from {@code low} to {@code high}. */
  public Validation between(String component, double value, double low, double high) {
    return rule(
        value >= low && value <= high,
        component,
        value,
        "must lie between " + plain(low) + " and " + plain(high));
  }

  /** The value must not be below {@code low}. */
  public Validation atLeast(String component, long value, long low) {
    return rule(value >= low, component, value, "must be at least " + low);
  }

  /** The value must lie in the closed interval from {@code low} to {@code high}. */
  public Validation within(String component, long value, long low, long high) {
    return atLeast(component, value, low)
        .rule(value <= high, component, value, "must be at most " + high);
  }

  /**
   * A number of things that a run keeps in memory or does one after the other, such as a sampler's
   * steps or a network's blocks: from {@code low} to {@value #MOST}.
   */
  public Validation count(String component, long value, long low) {
    return within(component, value, low, MOST);
  }

  /** The list must have an element. */
  public Validation notEmpty(String component, List<?> value) {
    return rule(!value.isEmpty(), component, value, "must not be empty");
  }

  /** Any other rule: {@code found} is what the component holds, {@code rule} what it must be. */
  public Validation rule(boolean holds, String component, Object found, String rule) {
    if (!holds) {
      faults.add(new InvalidValueException.Fault(component, String.valueOf(found), rule));
    }
    return this;
  }

  /**
   * Ends the check.
   *
   * @throws InvalidValueException if any rule was broken
   */
  public void end() {
    if (!faults.isEmpty()) {
      throw new InvalidValueException(faults);
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
