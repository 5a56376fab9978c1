package org.score4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code results.json} and, for people, {@code results.md}. Results of suites that were not
 * run this time stay.
 */
final class Report {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Report() {}

  static void write(Lab lab) {
    try {
      Files.createDirectories(lab.output());
      Path file = lab.output().resolve("results.json");
      List<JsonNode> all = new ArrayList<>();
      List<String> now = lab.figures().stream().map(Figure::suite).distinct().toList();
      if (Files.exists(file)) {
        for (JsonNode old : JSON.readTree(Files.readString(file)).path("figures")) {
          if (!now.contains(old.path("suite").asString())) {
            all.add(old);
          }
        }
      }
      lab.figures().forEach(figure -> all.add(json(lab, figure)));
      ObjectNode root = JSON.createObjectNode();
      root.putArray("figures").addAll(all);
      Files.writeString(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
      Files.writeString(lab.output().resolve("results.md"), markdown(all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode json(Lab lab, Figure figure) {
    ObjectNode node = JSON.createObjectNode();
    node.put("suite", figure.suite());
    node.put("name", figure.name());
    node.put("median", figure.value().median());
    node.put("lowerQuartile", figure.value().low());
    node.put("upperQuartile", figure.value().high());
    node.put("measurements", figure.value().count());
    node.put("unit", figure.unit());
    node.put("goal", figure.goal().map(Figure.Goal::shown).orElse(""));
    node.put("met", figure.goal().map(g -> g.met(figure.value().median())).orElse(true));
    node.put("detail", figure.detail());
    node.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    node.put("machine", machine());
    node.put("threads", lab.threads());
    return node;
  }

  private static String machine() {
    Path file = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String markdown(List<JsonNode> figures) {
    var text =
        new StringBuilder("# Results\nWritten by `benchmarks/run`; `results.json` has more.\n");
    String suite = "";
    for (JsonNode figure : figures) {
      if (!figure.path("suite").asString().equals(suite)) {
        suite = figure.path("suite").asString();
        text.append(
            """

            ## %s
            %s, %s threads, %s

            | | median | quartiles | goal | |
            |---|---:|---:|---:|---|
            """
                .formatted(
                    suite,
                    figure.path("machine").asString(),
                    figure.path("threads").asString(),
                    figure.path("date").asString()));
      }
      String goal = figure.path("goal").asString();
      text.append(
          "| %s | %s %s | %s to %s | %s | %s |\n"
              .formatted(
                  figure.path("name").asString(),
                  Numbers.shown(figure.path("median").asDouble()),
                  figure.path("unit").asString(),
                  Numbers.shown(figure.path("lowerQuartile").asDouble()),
                  Numbers.shown(figure.path("upperQuartile").asDouble()),
                  goal.isEmpty()
                      ? ""
                      : goal + (figure.path("met").asBoolean() ? ", met" : ", **not met**"),
                  figure.path("detail").asString()));
    }
    return text.toString();
  }
}
