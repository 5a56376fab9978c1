package org.score4j.recipe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Prediction;
import org.score4j.api.Sampler;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.RecipeWriter;

class PluginFoldersTest {
  private static final String BODY = "public MySampler() { this(10); }";
  private static final String RECORD = "public record MySampler(int steps)";

  @TempDir Path temp;
  private PluginJars jars;

  @BeforeEach
  void makeFolders() throws IOException {
    // The messages show real paths; a temporary folder may be reached through a link.
    jars = new PluginJars(temp.toRealPath());
  }

  private PluginCatalogue load() {
    return PluginCatalogue.load(List.of(jars.folder()));
  }

  private Path mySampler(String jar, String module, String packageName, String pluginName) {
    return jars.jar(
        jar,
        Map.of(
            "module-info.java",
            PluginJars.module(module, packageName, "MySampler"),
            packageName.replace('.', '/') + "/MySampler.java",
            PluginJars.sampler(packageName, pluginName, RECORD, BODY)));
  }

  private Path sampler(String head, String body) {
    return jars.jar(
        "mine",
        Map.of(
            "module-info.java",
            PluginJars.module("mine", "mine", "MySampler"),
            "mine/MySampler.java",
            PluginJars.sampler("mine", "my-sampler", head, body)));
  }

  private void assertTold(String... lines) {
    BadInput told = assertThrows(BadInput.class, this::load);
    assertEquals(String.join("\n", lines), told.getMessage());
  }

  @Test
  void aDroppedJarIsFoundAndItsSamplerMade() throws InvocationTargetException {
    Path jar = mySampler("mine", "com.example.mine", "com.example.mine", "my-sampler");
    PluginEntry entry = load().find(Service.SAMPLER, "my-sampler").orElseThrow();
    assertEquals(
        new Origin(Optional.of("com.example.mine"), Optional.of("1.2"), Optional.of(jar)),
        entry.origin());
    assertEquals("com.example.mine@1.2", entry.origin().id());
    Record made = entry.keys().make(new Object[] {25});
    assertTrue(made instanceof Sampler);
    assertEquals(25, Keys.read(made, "steps"));
    assertEquals(10, Keys.read(entry.keys().defaults().orElseThrow(), "steps"));
  }

  @Test
  void aJarItselfAndAFolderOfClassesWillDo() {
    Path jar = mySampler("a", "a", "a", "sampler-a");
    Path classes =
        jars.compile(
            "b",
            Map.of(
                "module-info.java",
                PluginJars.module("b", "b", "MySampler"),
                "b/MySampler.java",
                PluginJars.sampler("b", "sampler-b", RECORD, BODY)));
    PluginCatalogue catalogue = PluginCatalogue.load(List.of(jar, classes));
    assertEquals(List.of("sampler-a", "sampler-b"), catalogue.names(Service.SAMPLER));
  }

  @Test
  void aFolderGivenTwiceCountsOnce() {
    mySampler("mine", "mine", "mine", "my-sampler");
    Path other = jars.folder().resolve("..").resolve("plugins");
    PluginCatalogue catalogue = PluginCatalogue.load(List.of(jars.folder(), other));
    assertEquals(List.of("my-sampler"), catalogue.names(Service.SAMPLER));
  }

  @Test
  void anEmptyFolderIsFine() {
    assertFalse(load().find(Service.SAMPLER, "my-sampler").isPresent());
  }

  @Test
  void aPluginFindsItsLibraryBesideIt() throws InvocationTargetException {
    jars.jar(
        "library-1.0",
        Map.of(
            "lib/Ten.java",
            "package lib; public interface Ten { int TEN = Integer.parseInt(\"10\"); }"));
    jars.jar(
        "mine",
        Map.of(
            "module-info.java",
            "module mine { requires org.score4j.api; requires library; exports mine;"
                + " provides org.score4j.api.Sampler with mine.MySampler; }",
            "mine/MySampler.java",
            PluginJars.sampler(
                "mine", "my-sampler", RECORD, "public MySampler() { this(lib.Ten.TEN); }")));
    PluginEntry entry = load().find(Service.SAMPLER, "my-sampler").orElseThrow();
    assertEquals(10, Keys.read(entry.keys().defaults().orElseThrow(), "steps"));
  }

  @Test
  void aJarWithoutModuleInfoMayDeclareItsProviderInMetaInf() throws IOException {
    jars.pack("old", plain(BODY));
    assertEquals(List.of("my-sampler"), load().names(Service.SAMPLER));
  }

  /** Classes of a plugin without module-info, as score4j-describe declares it. */
  private Path plain(String body) throws IOException {
    Path classes =
        jars.compile(
            "old",
            Map.of("old/MySampler.java", PluginJars.sampler("old", "my-sampler", RECORD, body)));
    PluginJars.declare(classes, "old.MySampler");
    return classes;
  }

  @Test
  void aJarWithoutModuleInfoFindsItsLibrariesBesideIt() throws IOException {
    jars.jar(
        "library-1.0",
        Map.of(
            "module-info.java",
            "module library { exports lib; }",
            "lib/Ten.java",
            "package lib; public interface Ten { int TEN = Integer.parseInt(\"10\"); }"));
    Path classes =
        jars.compile(
            "old",
            List.of("library"),
            Map.of(
                "old/MySampler.java",
                PluginJars.sampler(
                    "old", "my-sampler", RECORD, "public MySampler() { this(lib.Ten.TEN); }")));
    PluginJars.declare(classes, "old.MySampler");
    jars.pack("old", classes);
    PluginEntry entry = load().find(Service.SAMPLER, "my-sampler").orElseThrow();
    assertEquals(10, Keys.read(entry.keys().defaults().orElseThrow(), "steps"));
    assertEquals(List.of(), load().idleJars());
  }

  @Test
  void aFolderOfClassesWithoutModuleInfoIsTold() throws IOException {
    Path classes = plain(BODY);
    BadInput told = assertThrows(BadInput.class, () -> PluginCatalogue.load(List.of(classes)));
    assertEquals(
        classes
            + ": is a folder of classes without module-info; pack it as a jar, put it on the class"
            + " path, or give it a module-info",
        told.getMessage());
  }

  @Test
  void aJarWithoutModuleInfoForAnotherApiIsTold() throws IOException {
    Path classes = plain(BODY);
    PluginJars.describe(classes, "old.MySampler", "api=9.1.0\n");
    Path jar = jars.pack("old", classes);
    assertTold(
        jar
            + ": package old was compiled for org.score4j.api 9.1.0, but this is "
            + ApiVersion.here().orElseThrow()
            + "; get a build of the plugin for it, or compile it against score4j-api "
            + ApiVersion.here().orElseThrow());
  }

  @Test
  void aMissingFolderIsTold() {
    Path folder = temp.resolve("none");
    BadInput told = assertThrows(BadInput.class, () -> PluginCatalogue.load(List.of(folder)));
    assertEquals(folder + ": there is no such plugin folder", told.getMessage());
  }

  @Test
  void aCorruptJarIsTold() throws IOException {
    Path jar = Files.writeString(jars.folder().resolve("bad.jar"), "this is no zip file");
    BadInput told = assertThrows(BadInput.class, this::load);
    assertTrue(told.getMessage().startsWith(jar + ": is not a readable jar ("), told.getMessage());
    assertTrue(
        told.getMessage().endsWith("); build or download it again, or remove it"),
        told.getMessage());
    assertEquals(1, told.lines().size());
  }

  @Test
  void aJarForALaterJavaIsTold() throws IOException {
    Path classes = mySamplerClasses();
    age(classes.resolve("module-info.class"));
    Path jar = jars.pack("late", classes);
    assertTold(jar + ": " + later());
  }

  @Test
  void aProviderForALaterJavaIsTold() throws IOException {
    Path classes = mySamplerClasses();
    age(classes.resolve("late/MySampler.class"));
    Path jar = jars.pack("late", classes);
    assertTold(jar + ": " + later());
  }

  private Path mySamplerClasses() {
    return jars.compile(
        "late",
        Map.of(
            "module-info.java",
            PluginJars.module("late", "late", "MySampler"),
            "late/MySampler.java",
            PluginJars.sampler("late", "my-sampler", RECORD, BODY)));
  }

  /** Makes a class file look compiled for Java 99: its major version is bytes 6 and 7. */
  private static void age(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[7] = (byte) (44 + 99);
    Files.write(file, bytes);
  }

  private static String later() {
    int here = Runtime.version().feature();
    return "compiled for Java 99, but this is Java "
        + here
        + "; run with a later JDK, or compile the plugin with --release "
        + here;
  }

  @Test
  void aJarForAnotherApiIsTold() throws IOException {
    Path classes = mySamplerClasses();
    String here = Sampler.class.getModule().getDescriptor().rawVersion().orElseThrow();
    String other = here.replaceFirst("\\d", "9");
    Path descriptor = classes.resolve("module-info.class");
    // One character for each byte, and back.
    String bytes = Files.readString(descriptor, StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains(here), "javac notes no version of the api");
    Files.writeString(descriptor, bytes.replace(here, other), StandardCharsets.ISO_8859_1);
    Path jar = jars.pack("late", classes);
    assertTold(
        jar
            + ": module late was compiled for org.score4j.api "
            + other
            + ", but this is "
            + here
            + "; get a build of the plugin for it, or compile it against score4j-api "
            + here);
  }

  @Test
  void aJarWhoseNameMakesNoModuleIsTold() throws IOException {
    Path classes =
        jars.compile(
            "old",
            Map.of("old/MySampler.java", PluginJars.sampler("old", "my-sampler", RECORD, BODY)));
    Path jar = jars.pack("7th-sampler", classes);
    BadInput told = assertThrows(BadInput.class, this::load);
    assertEquals(1, told.lines().size());
    assertTrue(
        told.getMessage()
            .startsWith(
                jar + ": has no module-info, and its file name makes no name of a module ("),
        told.getMessage());
    assertTrue(
        told.getMessage().endsWith("); rename the jar, or give it a module-info"),
        told.getMessage());
  }

  private Path withParts(String missing) throws IOException {
    Path classes =
        jars.compile(
            "mine",
            Map.of(
                "module-info.java",
                PluginJars.module("mine", "mine", "MySampler"),
                "mine/Part.java",
                "package mine; public record Part(Piece piece) {}",
                "mine/Piece.java",
                "package mine; public record Piece(int size) {}",
                "mine/MySampler.java",
                PluginJars.sampler(
                    "mine",
                    "my-sampler",
                    "public record MySampler(Part part)",
                    "public MySampler() { this(null); }")));
    Files.delete(classes.resolve("mine/" + missing + ".class"));
    return jars.pack("mine", classes);
  }

  @Test
  void aClassOfAComponentThatIsMissingIsTold() throws IOException {
    Path jar = withParts("Part");
    assertTold(
        jar + ": mine.MySampler cannot be loaded: java.lang.NoClassDefFoundError: mine/Part");
  }

  @Test
  void aClassInsideAComponentThatIsMissingIsTold() throws IOException {
    Path jar = withParts("Piece");
    assertTold(
        jar
            + ": mine.MySampler cannot be read, as a class it was compiled with is not there:"
            + " java.lang.NoClassDefFoundError: mine/Piece");
  }

  @Test
  void aMissingModuleIsTold() throws IOException {
    Path library = jars.jar("library", Map.of("module-info.java", "module library {}"));
    Path jar =
        jars.jar(
            "mine",
            Map.of(
                "module-info.java",
                "module mine { requires org.score4j.api; requires library; exports mine;"
                    + " provides org.score4j.api.Sampler with mine.MySampler; }",
                "mine/MySampler.java",
                PluginJars.sampler("mine", "my-sampler", RECORD, BODY)));
    Files.delete(library);
    assertTold(
        jar
            + ": module mine requires module library, which was not found; put its jar next to"
            + " this one");
  }

  @Test
  void aModuleOfTheJdkThatWasNotLoadedIsTold() {
    Path jar =
        jars.jar(
            "mine",
            Map.of(
                "module-info.java",
                "module mine { requires org.score4j.api; requires jdk.jcmd; exports mine;"
                    + " provides org.score4j.api.Sampler with mine.MySampler; }",
                "mine/MySampler.java",
                PluginJars.sampler("mine", "my-sampler", RECORD, BODY)));
    assertTold(
        jar
            + ": module mine requires module jdk.jcmd, which the JDK has but this program did not"
            + " load; run java with --add-modules jdk.jcmd");
  }

  @Test
  void aModuleInTwoJarsIsTold() throws IOException {
    Path first = mySampler("mine-1", "mine", "mine", "my-sampler");
    Path second = Files.copy(first, jars.folder().resolve("mine-2.jar"));
    assertTold(second + ": module mine is also in " + first + "; remove one of the two");
  }

  @Test
  void aSplitPackageIsTold() {
    Path first = mySampler("a", "a", "common", "sampler-a");
    Path second = mySampler("b", "b", "common", "sampler-b");
    assertTold(
        second
            + ": package common of module b is also in module a ("
            + first
            + "); a package may be in one module only");
  }

  @Test
  void aPackageOfTheApiIsTold() {
    Path jar =
        jars.jar(
            "shaded",
            Map.of(
                "module-info.java",
                "module shaded { provides org.score4j.api.Sampler with org.score4j.api.Mine; }",
                "org/score4j/api/Sampler.java",
                "package org.score4j.api; public interface Sampler {}",
                "org/score4j/api/Mine.java",
                "package org.score4j.api; public record Mine() implements Sampler {}"));
    assertTold(
        jar
            + ": module shaded brings its own copy of the api (package org.score4j.api), which is"
            + " not the one that runs; leave it out of the jar");
  }

  @Test
  void aNameClaimedTwiceIsTold() {
    Path first = mySampler("a", "mod.a", "a", "my-sampler");
    Path second = mySampler("b", "mod.b", "b", "my-sampler");
    assertTold(
        "two samplers are called \"my-sampler\": a.MySampler of module mod.a ("
            + first
            + ") and b.MySampler of module mod.b ("
            + second
            + "); remove one of the two or rename it");
  }

  @Test
  void aBadNameIsTold() {
    Path jar = mySampler("mine", "mine", "mine", "My_Sampler");
    assertTold(
        jar
            + ": mine.MySampler has the plugin name \"My_Sampler\"; names are made of lower-case"
            + " letters, digits, - and +");
  }

  @Test
  void aProviderThatIsNoRecordIsTold() {
    Path jar = sampler("public final class MySampler", "");
    assertTold(
        jar
            + ": mine.MySampler is not a record; a plugin is a record whose components are its"
            + " recipe keys");
  }

  @Test
  void aProviderWithoutNameIsTold() {
    Path jar =
        jars.jar(
            "mine",
            Map.of(
                "module-info.java",
                PluginJars.module("mine", "mine", "MySampler"),
                "mine/MySampler.java",
                PluginJars.sampler("mine", "x", RECORD, BODY).replace("@PluginName(\"x\")", "")));
    assertTold(jar + ": mine.MySampler has no @PluginName, by which a recipe could call it");
  }

  @Test
  void aPackageThatIsNotExportedIsTold() {
    Path jar =
        jars.jar(
            "mine",
            Map.of(
                "module-info.java",
                PluginJars.module("mine", "mine", "MySampler").replace("exports mine;", ""),
                "mine/MySampler.java",
                PluginJars.sampler("mine", "my-sampler", RECORD, BODY)));
    assertTold(
        jar
            + ": mine.MySampler is in a package that its module does not export; add \"exports"
            + " mine;\" to the module-info of mine");
  }

  @Test
  void aComponentThatNoRecipeCanGiveIsTold() {
    Path jar =
        sampler(
            "public record MySampler(List<Float> steps)",
            "public MySampler() { this(List.of()); }");
    assertTold(
        jar
            + ": mine.MySampler has the component steps of type java.util.List<java.lang.Float>,"
            + " which no recipe can give; use double, int, long, boolean, String, Path, an enum, a"
            + " record, a service of the api, or a List or Optional of these");
  }

  @Test
  void aComponentCalledTypeIsTold() {
    Path jar = sampler("public record MySampler(int type)", "public MySampler() { this(1); }");
    assertTold(
        jar
            + ": mine.MySampler has a component called type, the key by which a recipe names the"
            + " plugin");
  }

  private static final String PRESETS =
      "@org.score4j.api.Presets(MySampler.Mine.class) public record MySampler(int %s)";

  @Test
  void aComponentCalledPresetBesidePresetsIsTold() {
    Path jar =
        sampler(
            String.format(Locale.ROOT, PRESETS, "preset"),
            "public MySampler() { this(1); } public enum Mine implements"
                + " java.util.function.Supplier<MySampler> { ONE; public MySampler get() {"
                + " return new MySampler(1); } }");
    assertTold(
        jar
            + ": mine.MySampler has presets and a component called preset, the key that names one"
            + " of them");
  }

  @Test
  void presetsThatCannotBeMadeAreTold() {
    Path jar =
        sampler(
            String.format(Locale.ROOT, PRESETS, "steps"),
            "public MySampler() { this(1); } public enum Mine implements"
                + " java.util.function.Supplier<MySampler> { ONE; public MySampler get() {"
                + " throw new IllegalStateException(\"no\"); } }");
    assertTold(
        jar
            + ": mine.MySampler cannot make its presets: mine.MySampler$Mine threw"
            + " java.lang.IllegalStateException: no");
  }

  @Test
  void presetsOfAnotherTypeAreTold() {
    Path jar =
        sampler(
            String.format(Locale.ROOT, PRESETS, "steps"),
            "public MySampler() { this(1); } public record Other() {} public enum Mine implements"
                + " java.util.function.Supplier<Other> { ONE; public Other get() {"
                + " return new Other(); } }");
    assertTold(
        jar
            + ": mine.MySampler has the preset mine.MySampler$Mine.ONE, which makes"
            + " mine.MySampler$Other");
  }

  @Test
  void presetsThatAreNoEnumAreTold() {
    Path jar =
        sampler(
            String.format(Locale.ROOT, PRESETS, "steps"),
            "public MySampler() { this(1); } public static class Mine implements"
                + " java.util.function.Supplier<MySampler> { public MySampler get() {"
                + " return new MySampler(1); } }");
    assertTold(jar + ": mine.MySampler has presets in mine.MySampler$Mine, which is not an enum");
  }

  @Test
  void aNestedRecordThatIsNotPublicIsTold() {
    Path jar =
        sampler(
            "public record MySampler(List<Part> parts)",
            "public MySampler() { this(List.of()); }  record Part(int size) {}");
    assertTold(jar + ": mine.MySampler takes mine.MySampler$Part for parts, which is not public");
  }

  @Test
  void defaultsThatCannotBeMadeAreTold() {
    Path jar =
        sampler(RECORD, "public MySampler() { this(1); throw new IllegalStateException(\"no\"); }");
    assertTold(
        jar
            + ": mine.MySampler cannot make its defaults: its constructor threw"
            + " java.lang.IllegalStateException: no");
  }

  @Test
  void aStaticInitialiserThatFailsIsTold() {
    Path jar = sampler(RECORD, BODY + " static final int N = Integer.parseInt(\"x\");");
    assertTold(
        jar
            + ": mine.MySampler cannot make its defaults: java.lang.NumberFormatException: For"
            + " input string: \"x\"");
  }

  @Test
  void aDefaultThatHasNoNameIsTold() {
    Path jar =
        sampler("public record MySampler(TimeGrid grid)", "public MySampler() { this(null); }");
    assertTold(
        jar
            + ": mine.MySampler has the default null for grid, which no recipe can give; it must"
            + " be a time grid");
  }

  @Test
  void aMissingProviderClassIsTold() throws IOException {
    Path classes = mySamplerClasses();
    Files.delete(classes.resolve("late/MySampler.class"));
    Files.writeString(classes.resolve("late/other.txt"), "keeps the package");
    Path jar = jars.pack("late", classes);
    BadInput told = assertThrows(BadInput.class, this::load);
    assertEquals(1, told.lines().size());
    assertTrue(
        told.getMessage().startsWith(jar + ": late.MySampler cannot be loaded: "),
        told.getMessage());
  }

  @Test
  void everyBadJarIsToldAtOnce() throws IOException {
    mySampler("mine", "mine", "mine", "my-sampler");
    Files.writeString(jars.folder().resolve("a.jar"), "no zip");
    Files.writeString(jars.folder().resolve("b.jar"), "no zip either");
    BadInput told = assertThrows(BadInput.class, this::load);
    assertEquals(2, told.lines().size());
  }

  /** One sound jar, and one of each kind that is left out of the layer. */
  @Test
  void whatCanBeUsedIsThereBesideWhatCannot() throws IOException {
    mySampler("sound", "sound", "sound", "my-sampler");
    Path library = jars.jar("library", Map.of("module-info.java", "module library {}"));
    jars.jar(
        "lacking",
        Map.of(
            "module-info.java",
            "module lacking { requires org.score4j.api; requires library; exports lacking;"
                + " provides org.score4j.api.Sampler with lacking.MySampler; }",
            "lacking/MySampler.java",
            PluginJars.sampler("lacking", "lacking", RECORD, BODY)));
    Files.delete(library);
    mySampler("split", "split", "sound", "split");
    mySampler("twin", "twin", "twin", "my-sampler");
    Files.writeString(jars.folder().resolve("corrupt.jar"), "no zip");
    PluginCatalogue catalogue = PluginCatalogue.survey(List.of(jars.folder()));
    assertEquals(List.of("my-sampler"), catalogue.names(Service.SAMPLER));
    assertEquals(
        Optional.of("sound"),
        catalogue.find(Service.SAMPLER, "my-sampler").orElseThrow().origin().module());
    assertEquals(4, catalogue.problems().size(), catalogue.problems()::toString);
    assertEquals(catalogue.problems(), assertThrows(BadInput.class, this::load).lines());
  }

  /** A jar with all that a recipe needs. */
  private void complete() {
    jars.jar(
        "all",
        Map.of(
            "module-info.java",
            """
                module all {
                  requires org.score4j.api;
                  exports all;
                  provides org.score4j.api.Dataset with all.Data;
                  provides org.score4j.api.Sde with all.Process;
                  provides org.score4j.api.ScoreModel with all.Model;
                  provides org.score4j.api.Loss with all.Objective;
                  provides org.score4j.api.Sampler with all.MySampler;
                }
                """,
            "all/Data.java",
            """
                package all;
                import org.score4j.api.*;
                @PluginName("d") public record Data() implements Dataset {
                  public Examples open() { throw new UnsupportedOperationException(); }
                }
                """,
            "all/Process.java",
            """
                package all;
                import org.score4j.api.*;
                @PluginName("p") public record Process() implements Sde {
                  public double drift(double t) { return 0; }
                  public double diffusion(double t) { return 1; }
                  public double alpha(double t) { return 1; }
                  public double sigma(double t) { return t; }
                  public double startTime() { return 0; }
                  public double endTime() { return 1; }
                }
                """,
            "all/Model.java",
            """
                package all;
                import org.score4j.api.*;
                @PluginName("m") public record Model(Prediction prediction) implements ScoreModel {
                  public Model() { this(Prediction.NOISE); }
                  public org.tensorflow.Operand<org.tensorflow.types.TFloat32> apply(
                      ModelScope scope, org.tensorflow.Operand<org.tensorflow.types.TFloat32> x,
                      LevelTensors level, Condition condition) { return x; }
                }
                """,
            "all/Objective.java",
            """
                package all;
                import org.score4j.api.*;
                @PluginName("l") public record Objective() implements Loss {
                  public org.tensorflow.Operand<org.tensorflow.types.TFloat32> perExample(
                      LossGraph graph) { throw new UnsupportedOperationException(); }
                }
                """,
            "all/MySampler.java",
            PluginJars.sampler(
                "all",
                "my-sampler",
                "public record MySampler(List<Stage> stages)",
                "public MySampler() { this(List.of()); } public record Stage(int steps) {}")));
  }

  @Test
  void aRecipeBindsToPluginsOfJars() throws IOException {
    complete();
    Path file =
        Files.writeString(
            temp.resolve("recipe.json"),
            """
            {"data": "d", "sde": "p", "model": {"type": "m", "prediction": "score"}, "loss": "l",
             "sampler": {"type": "my-sampler", "stages": [{"steps": 3}]}}
            """);
    PluginCatalogue catalogue = load();
    Recipe recipe = new RecipeReader(catalogue).read(file, List.of());
    assertEquals("MySampler[stages=[Stage[steps=3]]]", recipe.sampler().orElseThrow().toString());
    assertEquals(Prediction.SCORE, recipe.model().orElseThrow().prediction());
    assertEquals(
        "{\"type\":\"my-sampler\",\"stages\":[{\"steps\":3}]}",
        new RecipeWriter(catalogue).json(recipe).get("sampler").toString());
  }

  @Test
  void anUnknownPluginsErrorNamesTheJarsThatDeclareNone() throws IOException {
    complete();
    Path file =
        Files.writeString(
            temp.resolve("recipe.json"),
            "{\"data\": \"d\", \"sde\": \"p\", \"model\": \"m\", \"sampler\": \"x\"}");
    Path idle = jars.jar("idle", Map.of("module-info.java", "module idle {}"));
    PluginCatalogue catalogue = load();
    BadInput told =
        assertThrows(BadInput.class, () -> new RecipeReader(catalogue).read(file, List.of()));
    assertEquals(
        file
            + ":1:1 loss: must be given: a loss; the usual one, \"denoising-score-matching\", is not"
            + " installed. Known: l\n"
            + file
            + ":1:52 sampler: no sampler is called \"x\". Known: my-sampler. If it comes in a plugin"
            + " jar, put the jar into plugins/ or give its folder with --plugins DIR. No plugin is"
            + " declared in "
            + idle,
        told.getMessage());
  }
}
