package org.score4j.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as it is written, its keys and values in colours.
 *
 * @param json well-formed
 */
public record JsonListing(String json) {
  private static final Pattern TOKEN =
      Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*+\")(\\s*:)?|[-+.\\w]+");

  /** The listing. */
  public Html html() {
    List<Html> parts = new ArrayList<>();
    Matcher token = TOKEN.matcher(json);
    int end = 0;
    while (token.find()) {
      parts.add(Html.text(json.substring(end, token.start())));
      parts.add(coloured(token));
      end = token.end();
    }
    parts.add(Html.text(json.substring(end)));
    String listed = String.join("", parts.stream().map(Html::markup).toList());
    return Html.of("<pre class=\"json\"><code>%s</code></pre>", new Html(listed));
  }

  private static Html coloured(Matcher token) {
    if (token.group(1) == null) {
      return Html.of("<span class=\"number\">%s</span>", token.group());
    }
    return token.group(2) == null
        ? Html.of("<span class=\"string\">%s</span>", token.group())
        : Html.of("<span class=\"key\">%s</span>%s", token.group(1), token.group(2));
  }
}
