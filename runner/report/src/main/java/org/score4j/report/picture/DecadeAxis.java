package org.score4j.report.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with a label at each power of ten; at 1, 2 and 5 times each when there are
 * few. JFreeChart lets ticks be chosen by inheritance alone.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;

  DecadeAxis(String label) {
    super(label);
    setLowerMargin(0.03);
    setUpperMargin(0.03);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    return ticks(RectangleEdge.isTopOrBottom(edge));
  }

  List<NumberTick> ticks(boolean horizontal) {
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    double low = getLowerBound();
    double high = getUpperBound();
    boolean few = high / low < 300;
    List<NumberTick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (int factor = 1; factor < 10; factor++) {
        BigDecimal value = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
        if (value.doubleValue() < low || value.doubleValue() > high) {
          continue;
        }
        boolean major = factor == 1 || few && (factor == 2 || factor == 5);
        ticks.add(
            new NumberTick(
                major ? TickType.MAJOR : TickType.MINOR,
                value.doubleValue(),
                major ? text(value, power) : "",
                anchor,
                anchor,
                0));
      }
    }
    return ticks;
  }

  private static String text(BigDecimal value, int power) {
    return power >= -4 && power < 7
        ? value.toPlainString()
        : value.round(MathContext.DECIMAL32).unscaledValue() + "e" + power;
  }
}
