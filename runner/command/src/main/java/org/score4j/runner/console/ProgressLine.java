package org.score4j.runner.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.score4j.format.text.ClockTime;
import org.score4j.format.text.Numerals;

/**
 * All that one line tells of progress.
 *
 * @param label what is being done
 * @param done steps done
 * @param total steps there will be, 0 if unknown
 * @param unit the name of one step
 * @param rate steps a second, 0 if unknown
 * @param note a value worth watching, possibly empty
 * @param elapsedSeconds time since the work began
 */
record ProgressLine(
    String label,
    long done,
    long total,
    String unit,
    double rate,
    String note,
    double elapsedSeconds) {
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 40;
  private static final String GAP = "  ";

  /**
   * What a line may hold, in the order of display; the rank tells what goes first if room lacks.
   */
  private enum Part {
    LABEL(8),
    PERCENT(7),
    BAR(3),
    COUNT(4),
    RATE(2),
    NOTE(6),
    ELAPSED(1),
    LEFT(5);

    private final int rank;

    Part(int rank) {
      this.rank = rank;
    }
  }

  private record Piece(Part part, String text) {}

  /** The line with a bar, in at most {@code width} columns. */
  String bar(int width, BarStyle style) {
    List<Piece> pieces = new ArrayList<>();
    add(pieces, Part.LABEL, label);
    if (total > 0) {
      add(pieces, Part.PERCENT, String.format(Locale.ROOT, "%3d%%", percent()));
      add(pieces, Part.BAR, " ".repeat(SHORTEST_BAR));
    }
    add(pieces, Part.COUNT, count());
    add(pieces, Part.RATE, rateText());
    add(pieces, Part.NOTE, note);
    add(pieces, Part.ELAPSED, ClockTime.of(elapsedSeconds));
    add(pieces, Part.LEFT, left());
    while (length(pieces) > width && pieces.size() > 1) {
      Piece least = pieces.get(0);
      for (Piece piece : pieces) {
        least = piece.part.rank < least.part.rank ? piece : least;
      }
      pieces.remove(least);
    }
    int barLength = Math.min(LONGEST_BAR, SHORTEST_BAR + width - length(pieces));
    List<String> texts = new ArrayList<>();
    for (Piece piece : pieces) {
      texts.add(piece.part == Part.BAR ? style.draw(fraction(), barLength) : piece.text);
    }
    return pieces.size() == 1
        ? label.substring(0, Math.min(label.length(), Math.max(0, width)))
        : String.join(GAP, texts);
  }

  /** The line for a log. */
  String plain() {
    List<String> texts = new ArrayList<>();
    texts.add(total > 0 ? count() + " (" + percent() + "%)" : count());
    texts.add(rateText());
    texts.add(note);
    texts.add(ClockTime.of(elapsedSeconds) + " elapsed");
    texts.add(left());
    texts.removeIf(String::isEmpty);
    return label + ": " + String.join(", ", texts);
  }

  private static void add(List<Piece> pieces, Part part, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(part, text));
    }
  }

  private static int length(List<Piece> pieces) {
    return pieces.stream().mapToInt(piece -> piece.text.length()).sum()
        + GAP.length() * (pieces.size() - 1);
  }

  private double fraction() {
    return Math.max(0, Math.min(1, (double) done / total));
  }

  // Rounded down, so that 100 % means done.
  private int percent() {
    return (int) (100 * fraction());
  }

  private String count() {
    return total > 0 ? done + "/" + total : done + " " + unit + "s";
  }

  private String rateText() {
    if (!(rate > 0)) {
      return "";
    }
    return rate >= 1
        ? Numerals.steady(rate) + " " + unit + "s/s"
        : Numerals.steady(1 / rate) + " s/" + unit;
  }

  private String left() {
    return rate > 0 && done < total ? ClockTime.of((total - done) / rate) + " left" : "";
  }
}
