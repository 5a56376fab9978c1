package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** NOTICE, which the distribution must hold with the licenses of all that it redistributes. */
class NoticeIT {
  private static final Pattern ROW = Pattern.compile("  (\\S+) +(\\d\\S*)  +(\\S.*)");

  private final Path home = Path.of(System.getProperty("score4j.distribution"));
  private final List<Row> rows = new ArrayList<>();
  private String notice = "";

  private record Row(String name, String version, String license) {

    /** Whether it tells of a jar, with or without a classifier. */
    boolean tellsOf(String jar) {
      String start = name + "-" + version;
      return jar.equals(start + ".jar") || jar.startsWith(start + "-");
    }

    boolean forGpus() {
      return license.contains("-Pgpu");
    }
  }

  @BeforeEach
  void read() throws IOException {
    notice = Files.readString(home.resolve("NOTICE"));
    notice
        .lines()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .forEach(row -> rows.add(new Row(row.group(1), row.group(2), row.group(3))));
  }

  private List<String> jarsOfOthers() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String folder : List.of("lib", "plugins")) {
      try (Stream<Path> files = Files.list(home.resolve(folder))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(Predicate.not(jar -> jar.startsWith("score4j-")))
            .forEach(jars::add);
      }
    }
    return jars;
  }

  @Test
  void everyJarOfOthersHasItsLicense() throws IOException {
    List<String> missing = jarsOfOthers();
    missing.removeIf(jar -> rows.stream().anyMatch(row -> row.tellsOf(jar)));
    assertEquals(List.of(), missing, "add these to NOTICE, with version and license");
  }

  @Test
  void everyRowIsAboutAJar() throws IOException {
    List<String> jars = jarsOfOthers();
    List<Row> stale = new ArrayList<>(rows);
    stale.removeIf(row -> row.forGpus() || jars.stream().anyMatch(row::tellsOf));
    assertEquals(List.of(), stale, "remove these from NOTICE, or correct their versions");
    List<String> cuda = rows.stream().filter(Row::forGpus).map(Row::version).toList();
    assertEquals(List.of(System.getProperty("score4j.cuda")), cuda);
  }

  @Test
  void licensesOtherThanOursAreThere() {
    assertTrue(Files.isRegularFile(home.resolve("LICENSE")));
    Pattern other = Pattern.compile("(MIT|BSD-3-Clause) \\((.*)\\)");
    for (Row row : rows) {
      var name = other.matcher(row.license());
      if (name.matches()) {
        String heading = "\n" + name.group(2) + ": " + name.group(1) + "\n";
        assertTrue(notice.contains(heading), () -> "no license under the heading" + heading);
      }
    }
  }
}
