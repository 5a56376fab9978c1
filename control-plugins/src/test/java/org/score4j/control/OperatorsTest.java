package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LinearOperator;
import org.tensorflow.ndarray.Shape;

class OperatorsTest {
  private static final Shape IMAGE = Shape.of(4, 6, 2);

  static Stream<Arguments> operators() {
    return Stream.of(
        Arguments.of(new Mask(Mask.Half.TOP), IMAGE),
        Arguments.of(new Mask(Mask.Half.RIGHT), IMAGE),
        Arguments.of(new Grey(), Shape.of(4, 6, 1)),
        Arguments.of(new Blur(1, 0.1), IMAGE),
        Arguments.of(new SuperResolution(2), Shape.of(2, 3, 2)));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void pseudoInversesAreThoseOfMooreAndPenrose(LinearOperator operator, Shape measured) {
    double[][] a = Linear.matrix(operator, IMAGE);
    double[][] b = Linear.pseudoInverse(operator, IMAGE, measured);
    double[][] ab = product(a, b);
    double[][] ba = product(b, a);
    assertClose(a, product(ab, a));
    assertClose(b, product(ba, b));
    assertClose(ab, transposed(ab));
    assertClose(ba, transposed(ba));
  }

  @Test
  void blurKeepsTheMeanAndSpreadsAPoint() {
    double[][] blur = Linear.matrix(new Blur(1, 1e-9), Shape.of(1, 21, 1));
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < 21; i++) {
      mean += blur[i][10] * i;
      variance += blur[i][10] * (i - 10) * (i - 10);
    }
    assertEquals(10, mean, 1e-5);
    assertEquals(1, variance, 1e-3);
  }

  @Test
  void theFactorMustDivideTheImage() {
    var thrown =
        assertThrows(
            InvalidValueException.class, () -> Linear.matrix(new SuperResolution(3), IMAGE));
    assertEquals(
        "factor: must divide height and width of the data, 4 x 6, found 3", thrown.getMessage());
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] transposed(double[][] a) {
    double[][] turned = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        turned[j][i] = a[i][j];
      }
    }
    return turned;
  }

  private static void assertClose(double[][] expected, double[][] actual) {
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[0].length; j++) {
        assertEquals(expected[i][j], actual[i][j], 2e-5, i + ", " + j);
      }
    }
  }
}
