package org.score4j.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.tensorflow.ndarray.Shape;

class LateFaultsTest {
  @TempDir Path folder;

  /** Refuses at work whatever its keys hold. */
  @PluginName("refusing")
  public record Refusing(Path file) implements Dataset {
    public Refusing() {
      this(Path.of("usual.bin"));
    }

    @Override
    public Examples open() {
      throw new InvalidValueException("file", file.getFileName(), "must name a file");
    }
  }

  /** Builds another sampler, which may refuse. */
  @PluginName("outer")
  public record Outer(Sampler inner) implements Sampler {
    public Outer() {
      this(new Inner());
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      return inner.build(graph);
    }
  }

  /** Refuses in a lambda and a class of its own. */
  @PluginName("inner")
  public record Inner() implements Sampler {
    @Override
    public SamplingLoop build(SamplerGraph graph) {
      return progress -> Words.refuse("type", "inner");
    }

    private static final class Words {
      static void refuse(String component, String found) {
        throw new InvalidValueException(component, found, "must suit the data");
      }
    }
  }

  /** Refuses large limits. */
  @PluginName("limited")
  public record Limited(int limit) implements Metric {
    public Limited() {
      this(5);
    }

    @Override
    public Measuring start(Shape example) {
      throw new InvalidValueException("limit", limit, "must be below 10");
    }
  }

  private static PluginCatalogue catalogue() {
    return PluginCatalogue.of(
        List.of(
            Refusing.class,
            Outer.class,
            Inner.class,
            Limited.class,
            Samples.VariancePreserving.class,
            Samples.Mlp.class,
            Samples.DenoisingScoreMatching.class,
            Samples.Adam.class,
            Samples.Uniform.class));
  }

  /** What is told when a recipe's plugin refuses at work. */
  private String told(String text, List<String> settings, Consumer<Recipe> work)
      throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), text);
    RecipeReader reader = new RecipeReader(catalogue());
    Recipe recipe = reader.read(file, settings);
    var thrown = assertThrows(InvalidValueException.class, () -> work.accept(recipe));
    return reader
        .located(RecipeText.of(file), settings, recipe, thrown)
        .getMessage()
        .replace(folder.toString() + File.separator, "");
  }

  @Test
  void aKeyThatIsGivenIsPointedAt() throws IOException {
    assertEquals(
        "r.json:2:39 data.file: must name a file, found gone.bin",
        told(
            """
            {"sde": "vp", "model": "mlp", "sampler": "inner",
             "data": {"type": "refusing", "file": "gone.bin"}}
            """,
            List.of(),
            recipe -> recipe.data().open()));
  }

  @Test
  void ofADefaultTheObjectIsPointedAt() throws IOException {
    assertEquals(
        "r.json:2:10 data.file: must name a file, found usual.bin (the default)",
        told(
            """
            {"sde": "vp", "model": "mlp", "sampler": "inner",
             "data": {"type": "refusing"}}
            """,
            List.of(),
            recipe -> recipe.data().open()));
  }

  @Test
  void theCommandLineIsNamedWhereItGaveTheValue() throws IOException {
    assertEquals(
        "--set data.file=gone.bin: must name a file, found gone.bin",
        told(
            """
            {"sde": "vp", "model": "mlp", "sampler": "inner", "data": "refusing"}
            """,
            List.of("data.file=gone.bin"),
            recipe -> recipe.data().open()));
  }

  @Test
  void theInnermostPluginIsBlamedAndABareNameIsItsType() throws IOException {
    assertEquals(
        "r.json:2:40 sampler.inner.type: must suit the data, found inner",
        told(
            """
            {"sde": "vp", "model": "mlp", "data": "refusing",
             "sampler": {"type": "outer", "inner": "inner"}}
            """,
            List.of(),
            // No graph is touched before the refusal.
            recipe -> recipe.sampler().orElseThrow().build(null).run((done, total) -> {})));
  }

  @Test
  void ofSeveralAlikeTheOneThatHoldsTheValueIsBlamed() throws IOException {
    assertEquals(
        "r.json:3:33 evaluation[2].limit: must be below 10, found 30",
        told(
            """
            {"sde": "vp", "model": "mlp", "data": "refusing", "sampler": "inner",
             "evaluation": ["limited", {"type": "limited", "limit": 6},
               {"type": "limited", "limit": 30}]}
            """,
            List.of(),
            recipe -> recipe.evaluation().get(2).start(Shape.of(1))));
  }

  @Test
  void aFaultThatNoPluginThrewKeepsItsOwnPath() throws IOException {
    assertEquals(
        "r.json:1:24 model: must have parameters, found mlp",
        told(
            """
            {"sde": "vp", "model": "mlp", "data": "refusing", "sampler": "inner"}
            """,
            List.of(),
            recipe -> {
              throw new InvalidValueException("model", "mlp", "must have parameters");
            }));
  }
}
