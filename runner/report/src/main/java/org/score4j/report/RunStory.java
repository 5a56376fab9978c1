package org.score4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.score4j.folder.StoredManifest;
import org.score4j.format.text.Bytes;
import org.score4j.format.text.ClockTime;
import org.score4j.format.text.Numerals;
import org.score4j.recipe.RecipeWriter;
import org.score4j.report.chart.Html;
import org.score4j.report.chart.JsonListing;
import org.score4j.report.chart.Page;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run's manifest and log tell of it.
 *
 * @param manifest of the run
 * @param log of the run
 * @param saved step of the newest checkpoint; 0 if there is none
 * @param parameters of the model; 0 if it has none
 */
record RunStory(JsonNode manifest, RunLog log, long saved, long parameters) {
  private static final String PROVENANCE = "provenance";

  String name() {
    return manifest.path("name").asString("run");
  }

  /** Steps there are to be; 0 if nothing is trained. */
  private long steps() {
    return manifest.path("training").path("steps").asLong(0);
  }

  /** Steps that have been done. */
  long done() {
    return Math.max(saved, log.step());
  }

  /** How much of the training is done. */
  double part() {
    return steps() == 0 ? 1 : Math.min(1, (double) done() / steps());
  }

  String status() {
    if (steps() == 0) {
      return "needs no training";
    }
    return done() >= steps()
        ? "trained, all " + Numerals.count(steps()) + " steps"
        : "step "
            + Numerals.count(done())
            + " of "
            + Numerals.count(steps())
            + " when this page was written";
  }

  /** The run in a sentence or two. */
  Html lead() {
    boolean classifier = manifest.hasNonNull("classifier");
    Html data = code(manifest.path("data"));
    Html sde = code(manifest.path("sde"));
    Html model = code(manifest.path(classifier ? "classifier" : "model"));
    JsonNode training = manifest.path("training");
    Html learnt =
        training.isMissingNode()
            ? Html.of(
                "The model %s estimates the score of %s noised by the SDE %s.", model, data, sde)
            : Html.of(
                "%s %s learns the %s of %s noised by the SDE %s, from the loss %s and by %s.",
                classifier ? "The classifier" : "The model",
                model,
                classifier ? "classes" : "score",
                data,
                sde,
                code(manifest.path("loss")),
                code(training.path("optimizer")));
    return manifest.hasNonNull("sampler")
        ? Html.of("%s The sampler %s draws from it.", learnt, code(manifest.path("sampler")))
        : learnt;
  }

  /** A plugin's name, with those of what it is made around. */
  private static Html code(JsonNode plugin) {
    Html name = Html.of("<code>%s</code>", plugin.path("type").asString("?"));
    for (String inner : List.of("of", "network")) {
      if (plugin.path(inner).has("type")) {
        return Html.of("%s of %s", name, code(plugin.path(inner)));
      }
    }
    return name;
  }

  List<Page.Fact> facts() {
    List<Page.Fact> facts = new ArrayList<>();
    if (parameters > 0) {
      facts.add(
          new Page.Fact("parameters", Numerals.rounded(parameters), Numerals.count(parameters)));
    }
    JsonNode training = manifest.path("training");
    if (steps() > 0) {
      long batch = training.path("batchSize").asLong(1) * training.path("accumulate").asLong(1);
      facts.add(
          new Page.Fact(
              "steps", Numerals.count(done()), "of " + Numerals.count(batch) + " examples"));
    }
    double seconds = log.trainingSeconds();
    if (seconds > 0) {
      facts.add(
          new Page.Fact(
              "training time",
              ClockTime.of(seconds),
              Numerals.significant(done() / seconds, 3) + " steps a second"));
    }
    log.newest("samples")
        .ifPresent(
            line ->
                facts.add(
                    new Page.Fact(
                        "samples",
                        Numerals.count(line.path("samples").asLong(0)),
                        taken(line)
                            + Numerals.count(line.path("evaluations").asLong(0))
                            + " function evaluations each")));
    long memory = log.peakMemory();
    if (memory > 0) {
      facts.add(new Page.Fact("memory", Bytes.shown(memory), "at most, all in all"));
    }
    return facts;
  }

  private static String taken(JsonNode drawn) {
    return drawn.has("seconds")
        ? "in " + ClockTime.of(Math.ceil(drawn.path("seconds").asDouble(0))) + ", "
        : "";
  }

  /** The recipe, every key spelt out. */
  Html recipe() {
    ObjectNode recipe = ((ObjectNode) manifest).deepCopy();
    recipe.remove(PROVENANCE);
    return new JsonListing(RecipeWriter.pretty(recipe)).html();
  }

  /** Versions, machine and data. */
  Html made() {
    JsonNode provenance = manifest.path(PROVENANCE);
    List<Html> rows = new ArrayList<>();
    Map<String, String> names = new LinkedHashMap<>();
    names.put("score4j", "score4j");
    names.put("tensorflow", "TensorFlow");
    names.put("java", "Java");
    names.put("system", "system");
    names.put("threads", "threads");
    names.put("plugins", "plugins");
    names.put("dataFingerprint", "data fingerprint");
    names.put("written", "started");
    names.forEach(
        (key, told) -> {
          if (provenance.has(key)) {
            rows.add(Html.of("<dt>%s</dt><dd>%s</dd>", told, words(provenance.path(key))));
          }
        });
    JsonNode from = provenance.path(StoredManifest.FROM);
    if (from.isObject()) {
      rows.add(
          Html.of(
              "<dt>started from</dt><dd>%s, step %s</dd>",
              from.path("source").asString(""), from.path("step").asLong(0)));
    }
    for (JsonNode change : provenance.path("changes")) {
      rows.add(
          Html.of(
              "<dt>changed after step %s</dt><dd>%s</dd>",
              change.path("afterStep").asLong(0), change.path("change").asString()));
    }
    return Html.of("<dl class=\"made\">%s</dl>", Html.all(rows));
  }

  private static String words(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
        : value.asString();
  }
}
