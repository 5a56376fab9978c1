package org.score4j.format.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numerals {
  private Numerals() {}

  /** All digits of a count, in groups of three. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count to three digits, as in "1.84 M". */
  public static String rounded(long count) {
    String[] units = {"", " k", " M", " G"};
    double value = count;
    int unit = 0;
    while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return significant(value, 3) + units[unit];
  }

  /** A number to so many digits, without idle zeros, as in "0.0123" and "2e−5". */
  public static String significant(double value, int digits) {
    return Double.isFinite(value) && value != 0
        ? text(new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros())
        : special(value);
  }

  /** A number to exactly so many digits, as in "0.01230" and "2.000e−5". */
  public static String measured(double value, int digits) {
    if (!Double.isFinite(value) || value == 0) {
      return special(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int idle = digits - rounded.precision();
    return text(rounded.setScale(rounded.scale() + idle));
  }

  /** A number to so many digits in ASCII, with idle zeros, as in "0.01230" and "2.000e-05". */
  public static String ascii(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "g", value);
  }

  /** A number to three digits or more without exponent, as in "0.12", "98.7" and "1234". */
  public static String steady(double value) {
    String format = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** All digits of a number, of a whole one without point, as in "1" and "0.001". */
  public static String plain(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String special(double value) {
    return value == 0 ? "0" : Double.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  }

  private static String text(BigDecimal plain) {
    int power = plain.precision() - plain.scale() - 1;
    String text =
        power < -4 || power > 6
            ? plain.scaleByPowerOfTen(-power).toPlainString() + "e" + power
            : plain.toPlainString();
    return text.replace("-", "−");
  }
}
