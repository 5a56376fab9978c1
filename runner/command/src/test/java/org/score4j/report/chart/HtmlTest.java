package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void valuesAreEscapedAndPiecesAreNot() {
    Html inner = Html.of("<b title=\"%s\">%s</b>", "\"'", "<&>");
    assertEquals(
        "<p><b title=\"&quot;&#39;\">&lt;&amp;&gt;</b> 3 %</p>",
        Html.of("<p>%s %s %%</p>", inner, 3).markup());
  }

  @Test
  void aPercentSignInAValueIsLeftAlone() {
    assertEquals("100 %s", Html.of("%s", "100 %s").markup());
  }

  @Test
  void charactersThatNoPageCanHoldAreReplaced() {
    assertEquals("a\uFFFDb\uFFFDc\uFFFD\tα😀", Html.text("a\u0000b\u0085c\uD800\tα😀").markup());
  }

  @Test
  void piecesFollowEachOther() {
    assertEquals("a\n&lt;", Html.all(List.of(new Html("a"), Html.text("<"))).markup());
  }
}
