package org.score4j.runner.doctor;

import java.util.List;

/**
 * What the doctor has to say of one thing.
 *
 * @param problem whether it keeps score4j from working
 * @param subject what was looked at
 * @param found as it is
 * @param remedies what to do about it, one line each; empty if all is well
 */
public record Finding(boolean problem, String subject, String found, List<String> remedies) {

  /** Copies the remedies. */
  public Finding {
    remedies = List.copyOf(remedies);
  }

  static Finding well(String subject, String found) {
    return new Finding(false, subject, found, List.of());
  }

  static Finding note(String subject, String found, String remedy) {
    return new Finding(false, subject, found, List.of(remedy));
  }

  static Finding problem(String subject, String found, String remedy) {
    return new Finding(true, subject, found, List.of(remedy));
  }

  /** As in "ok", "note", "problem". */
  public String status() {
    return problem ? "problem" : remedies.isEmpty() ? "ok" : "note";
  }
}
