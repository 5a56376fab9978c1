package org.score4j.runner.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in columns, left-aligned, two blanks apart.
 *
 * @param header names of the columns
 * @param rows cells, as many in each row as there are columns
 */
public record Table(List<String> header, List<List<String>> rows) {

  /**
   * Checks the rows.
   *
   * @throws IllegalArgumentException if a row has not one cell for each column
   */
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "row " + row + " has " + row.size() + " cells for " + header.size() + " columns");
      }
    }
  }

  /** The lines, header first, without trailing blanks. */
  public List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(rows);
    return all.stream().map(row -> line(row, all)).toList();
  }

  private static String line(List<String> row, List<List<String>> all) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = all.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
      line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
