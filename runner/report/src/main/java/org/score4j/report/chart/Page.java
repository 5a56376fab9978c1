package org.score4j.report.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.score4j.format.text.Numerals;

/**
 * A page that needs nothing but itself: styles and pictures are inside, and there are no scripts.
 *
 * @param title what it is about
 * @param status how far that has come
 * @param part how much of it is done, from 0 to 1
 * @param lead what it is in a sentence
 * @param facts what stands out
 * @param sections the rest
 * @param foot who made it and when
 */
public record Page(
    String title,
    String status,
    double part,
    Html lead,
    List<Fact> facts,
    List<Section> sections,
    String foot) {
  private static final String STYLE = "page.css";

  /**
   * A number with its name.
   *
   * @param note what belongs to it; possibly blank
   */
  public record Fact(String name, String value, String note) {}

  /**
   * A part with a heading.
   *
   * @param id its name in links, of letters and -
   * @param note what to know before looking; possibly nothing
   */
  public record Section(String id, String heading, Html note, Html body) {}

  /** The page. */
  public String html() {
    return Html.of(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta name="generator" content="score4j"/>
            <title>%s</title>
            <link rel="icon" href="data:,"/>
            <style>
            %s</style>
            </head>
            <body>
            <header>
            <p class="overline">score4j run</p>
            <h1>%s</h1>
            <p class="status"><progress max="1" value="%s">%s</progress> %s</p>
            <p class="lead">%s</p>
            <nav aria-label="sections">%s</nav>
            </header>
            <main>
            <dl class="facts">
            %s
            </dl>
            %s
            </main>
            <footer>%s</footer>
            </body>
            </html>
            """,
            title,
            new Html(style()),
            title,
            Numerals.significant(part, 3),
            status,
            status,
            lead,
            Html.all(
                sections.stream()
                    .map(s -> Html.of("<a href=\"#%s\">%s</a>", s.id(), s.heading()))
                    .toList()),
            Html.all(facts.stream().map(Page::fact).toList()),
            Html.all(sections.stream().map(Page::section).toList()),
            foot)
        .markup();
  }

  private static Html fact(Fact fact) {
    return Html.of(
        "<div><dt>%s</dt><dd>%s%s</dd></div>",
        fact.name(),
        fact.value(),
        fact.note().isBlank() ? Html.NOTHING : Html.of("<small>%s</small>", fact.note()));
  }

  private static Html section(Section section) {
    return Html.of(
        """
        <section id="%s" aria-labelledby="%s-heading">
        <h2 id="%s-heading">%s</h2>
        %s
        %s
        </section>""",
        section.id(),
        section.id(),
        section.id(),
        section.heading(),
        section.note().equals(Html.NOTHING)
            ? Html.NOTHING
            : Html.of("<p class=\"note\">%s</p>", section.note()),
        section.body());
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
