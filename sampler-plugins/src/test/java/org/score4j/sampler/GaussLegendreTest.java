package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 32})
  void polynomialsOfDegreeTwiceTheNodesLessOneAreExact(int nodes) {
    var rule = new GaussLegendre(nodes);
    int degree = 2 * nodes - 1;
    double integral = (Math.pow(2, degree + 1) - 1) / (degree + 1);
    assertEquals(1, rule.integrate(x -> Math.pow(x, degree), 1, 2) / integral, 1e-13);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void oneDegreeMoreIsNot(int nodes) {
    var rule = new GaussLegendre(nodes);
    int degree = 2 * nodes;
    double error = rule.integrate(x -> Math.pow(x, degree), -1, 1) - 2.0 / (degree + 1);
    assertEquals(-1, Math.signum(error));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 32})
  void smoothFunctionsAreIntegratedToRounding(int nodes) {
    assertEquals(Math.E - 1, new GaussLegendre(nodes).integrate(Math::exp, 0, 1), 1e-15);
  }
}
