package org.score4j.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The evaluations that a multistep method remembers.
 *
 * @param registers their places, the latest first
 */
record History(List<Register> registers) {

  /** Room for a number of evaluations, zero at first. */
  static History of(SamplerGraph graph, int length) {
    return new History(
        IntStream.range(0, length).mapToObj(i -> graph.register("evaluation")).toList());
  }

  /** Terms of a {@link WeightedSum}: those given, then the evaluations. */
  List<Term> after(Term... terms) {
    return Stream.concat(Stream.of(terms), registers.stream()).toList();
  }

  /** Updates of a kernel: those given, and the latest evaluation for the oldest. */
  Register.Update[] push(Operand<TFloat32> latest, Register.Update... others) {
    List<Register.Update> updates = new ArrayList<>(List.of(others));
    Operand<TFloat32> value = latest;
    for (Register register : registers) {
      updates.add(register.set(value));
      value = register;
    }
    return updates.toArray(Register.Update[]::new);
  }
}
